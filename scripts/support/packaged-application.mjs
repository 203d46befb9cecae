import { join } from 'node:path'
import { inRepository } from './paths.mjs'

/** Folder of electron-builder's unpacked application for this platform, in its own naming. */
export function packagedFolder() {
  const arm = process.arch === 'arm64' ? '-arm64' : ''
  if (process.platform === 'darwin') return inRepository('dist', `mac${arm}`)
  return inRepository('dist', `${process.platform === 'win32' ? 'win' : 'linux'}${arm}-unpacked`)
}

/** The packaged application's executable for this platform. */
export function packagedExecutable() {
  if (process.platform === 'darwin') {
    return join(packagedFolder(), 'Isocenter.app', 'Contents', 'MacOS', 'Isocenter')
  }
  return join(packagedFolder(), process.platform === 'win32' ? 'isocenter.exe' : 'isocenter')
}
