import { describe, expect, it } from 'vitest'
import { dataUrlOfFile, fileOfDataUrl, mediaUrlOfFile } from './channels.js'

describe('data URLs', () => {
  it.each(['/home/Jörg Müller/session/display/a#1?.raw', 'C:\\Users\\x\\50%.raw'])(
    'name %s and back',
    (file) => {
      // As the browser hands it over, resolved.
      expect(fileOfDataUrl(new URL(dataUrlOfFile(file)).href)).toBe(file)
    },
  )

  it('of pictures name the file whatever its version', () => {
    const file = '/home/a/figure?7.png'
    expect(fileOfDataUrl(mediaUrlOfFile(file, 3))).toBe(file)
  })

  it.each(['isocenter-data://other/x', 'file:///x', 'isocenter-data://session/%E0%A4%A'])(
    'are not %s',
    (url) => {
      expect(fileOfDataUrl(url)).toBeNull()
    },
  )
})
