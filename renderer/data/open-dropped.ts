import type { InfoOutput } from '../../native-workers/contract/operations/volume.js'

/** What a dropped file or folder is opened as. */
export type DropTarget = 'volume' | 'xray' | 'camera' | 'pose' | 'unknown'

/** The kind of thing that the engine found, as the place in the window where it belongs. */
export function dropTarget(kind: InfoOutput['kind']): DropTarget {
  switch (kind) {
    case 'volume':
    case 'dicom-series':
      return 'volume'
    case 'xray':
      return 'xray'
    case 'camera':
    case 'calibration':
      return 'camera'
    case 'pose':
      return 'pose'
    case 'points':
    case 'result':
    case 'other':
      return 'unknown'
  }
}
