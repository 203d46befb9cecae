import { join } from 'node:path'
import { writeVolume } from '../../native-workers/imaging/write-volume.js'
import { largeCt } from './support/large-ct.js'

/* A process of the bench: `node write-large-ct.js FOLDER [SLICES]` writes ct.nii.gz and labels.nii.gz there. */

const [folder, slices] = process.argv.slice(2)
const { volume, labels } = await largeCt(3, slices === undefined ? undefined : Number(slices))
await writeVolume(join(folder, 'ct.nii.gz'), volume)
await writeVolume(join(folder, 'labels.nii.gz'), labels)
