import { dialog, type FileFilter, type OpenDialogOptions } from 'electron'
import type { OpenKind } from '../../native-workers/contract/window/messages.js'
import type { AppContext } from '../context.js'
import { placesOfResult } from '../projects/result-files.js'
import { answerForTest } from './answers-for-tests.js'

const everything: FileFilter = { name: 'All files', extensions: ['*'] }
const json: FileFilter = { name: 'JSON', extensions: ['json'] }
const points: FileFilter = { name: 'Points', extensions: ['json', 'fcsv'] }
const volume: FileFilter = {
  name: 'Volumes',
  extensions: ['nii', 'nii.gz', 'gz', 'nrrd', 'nhdr', 'mha', 'mhd', 'tif', 'tiff', 'dcm'],
}
const picture: FileFilter = { name: 'Pictures', extensions: ['png', 'tif', 'tiff', 'jpg', 'jpeg'] }

const dialogs: Readonly<Record<OpenKind, OpenDialogOptions>> = {
  'volume-file': { title: 'Open a CT', properties: ['openFile'], filters: [volume, everything] },
  'volume-folder': { title: 'Open a folder of DICOM or TIFF slices', properties: ['openDirectory'] },
  labels: { title: 'Open a label map', properties: ['openFile'], filters: [volume, everything] },
  'label-names': {
    title: 'Open the names of labels',
    properties: ['openFile'],
    filters: [{ name: 'Names', extensions: ['json', 'csv', 'tsv', 'txt', 'ctbl', 'label'] }, everything],
  },
  xray: {
    title: 'Open X-rays',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'X-rays', extensions: ['dcm', 'dicom', 'png', 'tif', 'tiff', 'jpg', 'jpeg'] },
      // DICOM files often bear no extension.
      everything,
    ],
  },
  mask: { title: 'Open a mask', properties: ['openFile'], filters: [picture, everything] },
  camera: {
    title: 'Open a camera',
    properties: ['openFile'],
    filters: [{ name: 'Cameras', extensions: ['json', 'txt'] }, everything],
  },
  pose: { title: 'Open a pose', properties: ['openFile'], filters: [json, everything] },
  points: { title: 'Open points of the CT', properties: ['openFile'], filters: [points, everything] },
  'image-points': {
    title: 'Open points of the X-ray',
    properties: ['openFile'],
    filters: [points, everything],
  },
  transform: {
    title: 'Open a transform',
    properties: ['openFile'],
    filters: [{ name: 'Transforms', extensions: ['tfm', 'txt', 'h5', 'hdf5', 'mat'] }, everything],
  },
  result: {
    title: 'Open the result of a registration',
    properties: ['openFile'],
    filters: [{ name: 'Results', extensions: ['json'] }],
  },
  'result-folder': {
    title: 'Open the folder with the results of all frames',
    properties: ['openDirectory'],
  },
  checkpoint: {
    title: 'Open networks',
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: 'Networks', extensions: ['json', 'pth'] }, everything],
  },
  'training-folder': { title: 'Open the folder of a training', properties: ['openDirectory'] },
}

/** Asks for files of a kind and allows them as inputs; empty when the person dismissed the dialog. */
export async function openFiles(context: AppContext, kind: OpenKind): Promise<readonly string[]> {
  const paths = answerForTest(context.options, kind) ?? (await ask(context, dialogs[kind]))
  for (const path of paths) {
    // With a result come its pictures and its review, which lie beside it.
    const places = kind === 'result' ? await placesOfResult(path) : [path]
    for (const place of places) context.allowedPaths.allowInput(place)
    // A training that goes on writes where it left off.
    if (kind === 'training-folder') context.allowedPaths.allowOutputFolder(path)
  }
  return paths
}

/** Asks for a folder and allows writing in it; null when the person dismissed the dialog. */
export async function chooseSaveFolder(context: AppContext): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: 'Choose a folder for the results',
    buttonLabel: 'Save here',
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  }
  const [folder] = answerForTest(context.options, 'save-folder') ?? (await ask(context, options))
  if (folder === undefined) return null
  context.allowedPaths.allowOutputFolder(folder)
  return folder
}

/** Shows a dialog; empty when the person dismissed it. */
export async function ask({ window }: AppContext, options: OpenDialogOptions): Promise<readonly string[]> {
  if (window === null) return []
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? [] : filePaths
}
