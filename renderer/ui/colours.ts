/** Colours that canvases and the 3D view share with the style sheet. */
export const planeColours = {
  axial: '#d9706b',
  sagittal: '#d3b75c',
  coronal: '#74b67a',
} as const

export const accentColour = '#58a6d6'
export const drrColour = '#f0a35e'
export const boneColour = '#e3d9c6'
