import { Socket } from 'node:net'
import { encodeMessage, MessageDecoder } from '../contract/wire/codec.js'
import { toEngineSchema, type FromEngine, type ToEngine } from '../contract/wire/messages.js'

/** The file descriptor on which the application opens the engine's duplex pipe. */
const wireDescriptor = 3

export interface EngineWire {
  send(message: FromEngine): void
}

/**
 * Opens the engine's end of the wire. `onEnd` is called once: without a reason when the application closed the
 * pipe or is gone, with one when it sent bytes that are no message.
 */
export function openEngineWire(
  onMessage: (message: ToEngine) => void,
  onEnd: (malformed: string | null) => void,
): EngineWire {
  const socket = new Socket({ fd: wireDescriptor, readable: true, writable: true })
  const decoder = new MessageDecoder()
  let ended = false
  const end = (malformed: string | null): void => {
    if (ended) return
    ended = true
    onEnd(malformed)
  }
  socket.on('data', (chunk) => {
    if (ended) return
    try {
      for (const message of decoder.push(chunk)) onMessage(toEngineSchema.parse(message))
    } catch (error) {
      end(error instanceof Error ? error.message : String(error))
    }
  })
  socket.on('error', () => end(null))
  socket.on('close', () => end(null))
  return { send: (message) => sendOn(socket, message) }
}

function sendOn(socket: Socket, message: FromEngine): void {
  socket.cork()
  for (const chunk of encodable(message)) socket.write(chunk)
  socket.uncork()
}

/** A message that the wire can't carry is a defect of one operation, which must still get its one answer. */
function encodable(message: FromEngine): Uint8Array[] {
  try {
    return encodeMessage(message)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    if (message.type !== 'reply')
      return encodeMessage({ type: 'log', level: 'error', message: `${message.type}: ${detail}` })
    const wireError = { code: 'internal', message: `The result can't be sent: ${detail}`, hint: '' }
    return encodeMessage({ type: 'error', id: message.id, error: wireError })
  }
}
