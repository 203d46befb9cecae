import { createRequire } from 'node:module'
import { gifPalette, PaletteMapper, unchangedIndex } from './gif-palette.js'

/** What is used of the package, which ships without types. */
interface Gifenc {
  GIFEncoder(): {
    writeFrame(
      indices: Uint8Array,
      width: number,
      height: number,
      options: {
        readonly delay: number
        readonly dispose: number
        /** With the first frame: the table of all. */
        readonly palette?: readonly (readonly number[])[]
        /** 0 = for ever */
        readonly repeat?: number
        readonly transparent?: boolean
        readonly transparentIndex?: number
      },
    ): void
    finish(): void
    bytes(): Uint8Array
  }
}

// Node sees no named exports in its CommonJS build, and test runner and Node disagree about its default.
const gifenc = createRequire(import.meta.url)('gifenc') as Gifenc

/** GIF's disposal "leave the frame where it is". */
const keepFrame = 1

/** Writes an endlessly repeated GIF frame by frame; pixels that stay as they were cost next to nothing. */
export class GifWriter {
  private readonly encoder = gifenc.GIFEncoder()
  private readonly mapper = new PaletteMapper()
  private shown: Uint8Array | null = null

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** Pixels as red, green, blue, alpha; GIF knows hundredths of a second. */
  addFrame(rgba: Uint8ClampedArray, seconds: number): void {
    const indices = this.mapper.indices(rgba)
    const { shown } = this
    this.encoder.writeFrame(
      shown === null ? indices : indices.map((index, n) => (index === shown[n] ? unchangedIndex : index)),
      this.width,
      this.height,
      {
        delay: 1000 * seconds,
        dispose: keepFrame,
        // The first frame brings the table of all.
        ...(shown === null
          ? { palette: [...gifPalette, [0, 0, 0]], repeat: 0 }
          : { transparent: true, transparentIndex: unchangedIndex }),
      },
    )
    this.shown = indices
  }

  finish(): Uint8Array {
    this.encoder.finish()
    return this.encoder.bytes()
  }
}
