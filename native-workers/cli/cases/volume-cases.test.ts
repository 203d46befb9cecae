import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { volumeCases } from './volume-cases.js'

const folder = temporaryFolder({ beforeAll, afterAll })

describe('volumeCases', () => {
  it('takes the CTs of a folder that a step wrote into, not the label maps beside them', async () => {
    await mkdir(folder.file('cropped'))
    await mkdir(folder.file('series'))
    const names = ['p1_femur.nii.gz', 'p1_femur_labels.nii.gz', 'p1_femur.tfm', 'lone_labels.nii.gz']
    for (const name of names) await writeFile(folder.file(`cropped/${name}`), '')
    await writeFile(folder.file('series/1.dcm'), '')
    expect(await volumeCases([folder.file('cropped'), folder.file('series')])).toEqual([
      folder.file('cropped/lone_labels.nii.gz'),
      folder.file('cropped/p1_femur.nii.gz'),
      folder.file('series'),
    ])
    const named = [folder.file('cropped/p1_femur_labels.nii.gz')]
    expect(await volumeCases(named)).toEqual(named)
  })
})
