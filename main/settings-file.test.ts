import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SettingsFile } from './settings-file.js'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isocenter settings '))
  path = join(folder, 'settings.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('begins dark at actual size', () => {
  expect(new SettingsFile(path).settings).toEqual({ theme: 'dark', zoomPercent: 100 })
})

it('keeps what was saved last, and leaves no other file', async () => {
  const file = new SettingsFile(path)
  for (const zoomPercent of [80, 110, 130]) file.save({ theme: 'light', zoomPercent })
  expect(file.settings.zoomPercent).toBe(130)
  expect(new SettingsFile(path).settings).toEqual({ theme: 'light', zoomPercent: 130 })
  expect(await readdir(folder)).toEqual(['settings.json'])
})

it('takes a default for each setting that is wrong or absent', async () => {
  await writeFile(path, '{ "theme": "system", "zoomPercent": 900, "other": 1 }')
  expect(new SettingsFile(path).settings).toEqual({ theme: 'system', zoomPercent: 100 })
})

it('takes a damaged file for none', async () => {
  await writeFile(path, '{ "theme": "li')
  expect(new SettingsFile(path).settings).toEqual({ theme: 'dark', zoomPercent: 100 })
})
