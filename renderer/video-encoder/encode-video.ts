import {
  BufferTarget,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  Quality,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
  type VideoCodec,
} from 'mediabunny'
import type { EncodeVideoJob } from '../../native-workers/contract/files/browser-job.js'

/** In order of preference: what plays everywhere first. WebM knows no AVC. */
const codecs: Readonly<Record<EncodeVideoJob['container'], VideoCodec[]>> = {
  mp4: ['avc', 'vp9', 'av1'],
  webm: ['vp9', 'av1', 'vp8'],
}
const quality = new Quality('high')
/** A picture that stands alone this often, so that players can jump. */
const keyFrameSeconds = 1

/** Encodes the job's frames, fetched one after the other, and sends the file back. Returns the codec. */
export async function encodeVideo({
  frameCount,
  lastFrameRepeats,
  framesPerSecond,
  size,
  container,
}: EncodeVideoJob): Promise<string> {
  const codec = await getFirstEncodableVideoCodec(codecs[container], { ...size, quality })
  if (codec === null) {
    throw new Error(
      `This browser engine can encode none of ${codecs[container].join(', ')} at ${size.width} x ${size.height}.`,
    )
  }
  const target = new BufferTarget()
  const output = new Output({
    format: container === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
    target,
  })
  const source = new VideoSampleSource({
    codec,
    quality,
    keyFrameInterval: keyFrameSeconds,
    latencyMode: 'quality',
  })
  output.addVideoTrack(source, { frameRate: framesPerSecond })
  await output.start()
  for (let frame = 0; frame < frameCount; frame++) {
    const response = await fetch(`/frames/${frame}.png`)
    if (!response.ok) throw new Error(`Frame ${frame} is missing.`)
    const bitmap = await createImageBitmap(await response.blob())
    const repeats = frame === frameCount - 1 ? lastFrameRepeats : 0
    for (let repeat = 0; repeat <= repeats; repeat++) {
      const sample = new VideoSample(bitmap, {
        timestamp: (frame + repeat) / framesPerSecond,
        duration: 1 / framesPerSecond,
      })
      await source.add(sample)
      sample.close()
    }
    bitmap.close()
  }
  await output.finalize()
  if (target.buffer === null) throw new Error('The encoder gave no file.')
  const sent = await fetch('/output', { method: 'POST', body: target.buffer })
  if (!sent.ok) throw new Error(await sent.text())
  return codec
}
