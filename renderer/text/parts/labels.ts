import type { NameSource } from '../../labels/label-names.js'

export const labelsText = {
  title: 'Labels',
  open: 'Label map…',
  openHelp: 'Show a label map over the CT',
  close: 'Close the label map',
  none: 'No label map is open.',
  opening: 'Opening',
  missingVolume: 'Open a CT first: labels are shown over it.',
  copyFailed: (detail: string) => `The display copy of the label map can't be read: ${detail}.`,
  count: (shown: number, all: number) => (shown === all ? `${all} labels` : `${shown} of ${all} labels`),
  search: 'Search by name or number',
  noneFound: 'No label fits the search.',
  showAll: 'Show',
  hideAll: 'Hide',
  showAllHelp: 'Show every label in the list',
  hideAllHelp: 'Hide every label in the list',
  show: (name: string) => `Show ${name}`,
  colour: (name: string) => `Colour of ${name}`,
  centre: (name: string, volumeCm3: string) => `${name}, ${volumeCm3} cm³: centre the views on it`,
  opacity: 'Opacity',
  outline: 'Outline',
  names: 'Names',
  nameSources: {
    file: 'From the file beside it',
    totalsegmentator: 'TotalSegmentator v2',
    numbers: 'Numbers',
  } satisfies Record<NameSource, string>,
  namesHelp:
    'A label map does not tell which tool made it. Names come from a structures.json or .csv beside it, or from the table chosen here.',
  surfaces: 'Label surfaces',
  bone: 'Bone surface',
  surfacesMissing: 'Open a label map first.',
  leftOut: (count: number) =>
    `${count} label surfaces are left out to keep the 3D view fluid. Hide some labels to see others.`,
} as const
