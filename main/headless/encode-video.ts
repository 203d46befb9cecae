import { protocol } from 'electron'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EncodeVideoJob } from '../../native-workers/contract/files/browser-job.js'
import { fileResponse, refusal } from '../protocols/file-response.js'
import { hiddenWindow } from './hidden-window.js'

export const encoderScheme = 'isocenter-encoder'
const origin = `${encoderScheme}://page`
const page = '<!doctype html><meta charset="utf-8"><script src="/encoder.js"></script>'
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src blob:",
}
/** Built beside the main process's folder. */
const encoderScript = fileURLToPath(new URL('../video-encoder/encoder.js', import.meta.url))

/** WebCodecs want a secure origin. Must run before `ready`. */
export function registerEncoderScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme: encoderScheme, privileges }])
}

/** Lets a hidden page encode the job's frames and writes its file. Returns the codec that it chose. */
export async function encodeVideo(
  job: EncodeVideoJob,
  onProgress: (fraction: number) => void,
): Promise<string> {
  protocol.handle(encoderScheme, async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/') return new Response(page, { headers: pageHeaders })
    if (pathname === '/encoder.js') {
      return fileResponse(encoderScript, { 'content-type': 'text/javascript; charset=utf-8' })
    }
    if (pathname === '/output' && request.method === 'POST') {
      await writeFile(job.outputPath, Buffer.from(await request.arrayBuffer()))
      return new Response(null, { status: 204 })
    }
    const frame = /^\/frames\/(\d+)\.png$/.exec(pathname)?.[1]
    if (frame === undefined) return refusal(404)
    onProgress(Number(frame) / job.frameCount)
    return fileResponse(join(job.framesFolder, `${frame}.png`), { 'content-type': 'image/png' })
  })
  const window = hiddenWindow({ width: 320, height: 240 })
  await window.loadURL(`${origin}/`)
  const codec: unknown = await window.webContents.executeJavaScript(`encodeVideo(${JSON.stringify(job)})`)
  window.destroy()
  return String(codec)
}
