import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { SetupError } from './say.mjs'

/** @returns {boolean} whether a window can be shown here */
export function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}

/**
 * Starts an X server without a screen (Xvfb) on a display number that it chooses itself, and names it in DISPLAY.
 *
 * @returns {Promise<() => void>} ends the server and takes DISPLAY back
 * @throws {SetupError} when Xvfb is missing or does not start
 */
export async function startVirtualDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = server.stdio[3]
  /** @type {string} */
  const display = await Promise.race([
    number === null || number === undefined ? Promise.resolve('') : once(number, 'data').then(String),
    once(server, 'exit').then(() => ''),
    once(server, 'error').then(
      () => '',
      () => '',
    ),
  ])
  if (display.trim() === '') {
    throw new SetupError(
      'The X server without a screen (Xvfb) could not be started; is the package xvfb installed?',
    )
  }
  process.env['DISPLAY'] = `:${display.trim()}`
  return () => {
    delete process.env['DISPLAY']
    server.kill()
  }
}

/**
 * Runs `work` with a display: the one at hand, or a virtual one for the time of the work.
 *
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withDisplay(work) {
  if (hasDisplay()) return work()
  const stop = await startVirtualDisplay()
  try {
    return await work()
  } finally {
    stop()
  }
}
