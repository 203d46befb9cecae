import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { repositoryRoot } from './paths.mjs'

/**
 * @typedef {object} CommandOutcome
 * @property {number} exitCode 128 + signal number when a signal ended it; 127 when it could not be started
 * @property {string} stdout empty unless captured
 * @property {string} stderr empty unless captured
 */

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd] the checkout by default
 * @property {Record<string, string | undefined>} [env] added to this process' environment; undefined removes
 * @property {boolean} [capture] keep the output instead of showing it
 * @property {boolean} [stdoutToStderr] show the command's stdout on stderr
 * @property {number} [timeoutMs] end the command after this long
 */

/**
 * Runs a program to its end; never through a shell, so arguments need no quoting.
 *
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandOutcome>}
 */
export function runCommand(command, commandArguments, options = {}) {
  const shown = options.stdoutToStderr === true ? 2 : 'inherit'
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, {
      cwd: options.cwd ?? repositoryRoot,
      env: { ...process.env, ...options.env },
      stdio: options.capture === true ? ['ignore', 'pipe', 'pipe'] : ['inherit', shown, 'inherit'],
      timeout: options.timeoutMs,
    })
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stderr += text))
    child.on('error', (error) => resolve({ exitCode: 127, stdout, stderr: stderr + error.message }))
    child.on('close', (code, signal) => {
      resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), stdout, stderr })
    })
  })
}

/**
 * Runs npm with the Node of this process, so that no shell and no second Node get in between.
 *
 * @param {readonly string[]} npmArguments
 * @param {CommandOptions} [options]
 */
export function runNpm(npmArguments, options) {
  const npmScript = process.env['npm_execpath']
  if (npmScript !== undefined && /npm-cli\.[cm]?js$/.test(npmScript)) {
    return runCommand(process.execPath, [npmScript, ...npmArguments], options)
  }
  return runCommand(process.platform === 'win32' ? 'npm.cmd' : 'npm', npmArguments, options)
}
