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
  wholeRangeMissing: 'Open a CT first.',
  layout: 'Layout',
  layouts: {
    all: 'CT and X-rays',
    slices: 'CT: slices and 3D',
    'three-d': '3D view',
    xray: 'X-ray and DRR',
  } satisfies Record<Layout, string>,
  ruler: 'Ruler: drag in a slice (Ctrl + drag without this tool)',
  clearRulers: 'Remove all rulers',
  slice: (number: number, count: number) => `${number} / ${count}`,
  lengthMm: (lengthMm: string) => `${lengthMm} mm`,
} as const
