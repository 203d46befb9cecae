import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'vitest'

export interface CliRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

const repository = resolve(import.meta.dirname, '../../..')
const builtCli = resolve(repository, 'out/engine/cli.js')

/** Runs the built command line; `onStderr` sees all that was written so far and may send a signal. */
export function isocenter(
  argv: readonly string[],
  onStderr: (text: string, interrupt: () => void) => void = () => undefined,
): Promise<CliRun> {
  if (!existsSync(builtCli)) throw new Error('The command line is not built: npm run build.')
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [builtCli, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      onStderr(stderr, () => child.kill('SIGINT'))
    })
    child.on('error', reject)
    child.on('close', (exitCode) => {
      settle({ exitCode, stdout, stderr })
    })
  })
}

/** Runs to success, else fails the test with what was printed. */
export async function isocenterSucceeds(argv: readonly string[]): Promise<CliRun> {
  const run = await isocenter(argv)
  expect(run, run.stderr).toMatchObject({ exitCode: 0 })
  return run
}

/** Checks that a run ended with `exitCode` and one clear sentence, nothing on standard output and no stack. */
export function expectRefusal(run: CliRun, exitCode: number, sentence: RegExp): void {
  expect(run, run.stderr).toMatchObject({ exitCode, stdout: '' })
  const errors = run.stderr.split('\n').filter((line) => line.startsWith('error: '))
  expect(errors, run.stderr).toHaveLength(1)
  expect(errors[0]).toMatch(sentence)
  expect(errors[0]).toMatch(/^error: \S.{20,}\.$/)
  expect(run.stderr).not.toMatch(/^ +at |internal error|\bundefined\b|\[object/m)
}
