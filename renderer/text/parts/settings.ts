import type { ThemeChoice } from '../../../native-workers/contract/window/settings.js'

export const settingsText = {
  title: 'Settings',
  theme: 'Colours',
  themes: { dark: 'Dark', light: 'Light', system: 'As the system' } satisfies Record<ThemeChoice, string>,
  zoom: 'Size',
  zoomIn: 'Larger (Ctrl +)',
  zoomOut: 'Smaller (Ctrl −)',
  zoomReset: 'Actual size',
  smallest: 'This is the smallest size.',
  largest: 'This is the largest size.',
  percent: (percent: number) => `${percent} %`,
  help: 'CT, X-rays and the 3D view stay on black in every theme.',
} as const
