import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Duplex, type Readable } from 'node:stream'
import { encodeMessage, MessageDecoder } from '../../native-workers/contract/wire/codec.js'
import {
  fromEngineSchema,
  type FromEngine,
  type ToEngine,
} from '../../native-workers/contract/wire/messages.js'
import { explainExit } from './exit-reason.js'

export interface EngineCommand {
  /** A stock Node; Electron's own V8 is no place for the engine. */
  readonly nodeExecutable: string
  /** The engine's entry module. */
  readonly entry: string
}

export interface EngineProcessEvents {
  readonly onMessage: (message: FromEngine) => void
  /** A line of the process's output, or a finding about it. */
  readonly onOutput: (line: string) => void
  /** Called exactly once, also when the process could not be started. */
  readonly onEnd: (reason: string) => void
}

const keptErrorLines = 20

/** One life of the engine process, from spawn to exit. Its pipe is file descriptor 3; its outputs go to the log. */
export class EngineProcess {
  private readonly child: ChildProcess
  private readonly pipe: Duplex
  private readonly lastLines: string[] = []
  private endReason: string | null = null
  private ended = false

  constructor(
    command: EngineCommand,
    private readonly events: EngineProcessEvents,
  ) {
    // The engine collects its garbage where a person closes a CT.
    this.child = spawn(command.nodeExecutable, ['--expose-gc', command.entry], {
      env: engineEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const pipe = this.child.stdio[3]
    if (!(pipe instanceof Duplex)) throw new Error('The engine process has no duplex pipe.')
    this.pipe = pipe
    this.readMessages()
    this.readLines(this.child.stdout)
    this.readLines(this.child.stderr, true)
    this.child.on('error', (error) => this.end(`The engine could not be started: ${error.message}`))
    this.child.on('close', (code, signal) =>
      this.end(this.endReason ?? explainExit({ code, signal, lastLines: this.lastLines })),
    )
  }

  send(message: ToEngine): void {
    this.pipe.cork()
    for (const chunk of encodeMessage(message)) this.pipe.write(chunk)
    this.pipe.uncork()
  }

  /** Ends the process at once; `reason` is what `onEnd` reports. */
  kill(reason: string): void {
    this.endReason ??= reason
    this.child.kill('SIGKILL')
  }

  /** As if it had crashed: without a reason of ours. */
  crashForTest(): void {
    this.child.kill('SIGKILL')
  }

  private readMessages(): void {
    const decoder = new MessageDecoder()
    this.pipe.on('data', (chunk: Uint8Array) => {
      if (this.ended || this.endReason !== null) return
      try {
        for (const message of decoder.push(chunk)) this.events.onMessage(fromEngineSchema.parse(message))
      } catch (error) {
        this.events.onOutput(
          `malformed message from the engine: ${error instanceof Error ? error.message : ''}`,
        )
        this.kill('The engine sent a message that could not be understood.')
      }
    })
    // A broken pipe is told by the process's end.
    this.pipe.on('error', (error) => this.events.onOutput(`the engine's pipe: ${error.message}`))
  }

  private readLines(stream: Readable | null, areErrors = false): void {
    if (stream === null) return
    createInterface({ input: stream }).on('line', (line) => {
      this.events.onOutput(line)
      if (!areErrors || line.trim() === '') return
      this.lastLines.push(line)
      if (this.lastLines.length > keptErrorLines) this.lastLines.shift()
    })
  }

  private end(reason: string): void {
    if (this.ended) return
    this.ended = true
    this.events.onEnd(reason)
  }
}

/** Settings meant for Electron or for the person's own Node programs must not change the engine. */
function engineEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^(NODE_OPTIONS|NODE_PATH|NODE_CHANNEL_.*|ELECTRON_.*)$/.test(name),
    ),
  )
}
