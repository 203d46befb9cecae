import type { Layout, WindowPreset } from '../../stores/views.js'

export const viewToolsText = {
  presets: 'Window presets',
  preset: {
    bone: 'Bone',
    soft: 'Soft',
    lung: 'Lung',
    abdomen: 'Abdomen',
    brain: 'Brain',
  } satisfies Record<WindowPreset, string>,
  wholeRange: 'Full',
  unnamedLabel: (label: number) => `label ${label}`,
  wholeRangeMissing: 'Open a CT first.',
  layout: 'Layout',
  layouts: {
    all: 'CT and X-rays',
    slices: 'CT: slices and 3D',
    'three-d': '3D view',
    xray: 'X-ray and DRR',
  } satisfies Record<Layout, string>,
  oblique: (tiltDeg: string) => `Oblique ${tiltDeg}°`,
  straightenHelp:
    'Make all slices straight again. Alt and a drag turn the other slices about the crosshair; Alt and an arrow key by 1°, with Shift by 10°',
  ruler: 'Ruler: drag in a slice (Ctrl + drag without this tool)',
  clearRulers: 'Remove all rulers',
  slice: (number: number, count: number) => `${number} / ${count}`,
  lengthMm: (lengthMm: string) => `${lengthMm} mm`,
} as const
