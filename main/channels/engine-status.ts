import { z } from 'zod'
import { askChannels } from '../../native-workers/contract/window/channels.js'
import type { AppContext } from '../context.js'
import { announce } from './announce.js'
import { answer } from './answer.js'

/** Tells the window how the engine is, and lets it start the engine again. */
export function enableEngineStatus(context: AppContext): void {
  const { engine, options } = context
  engine.onStatus((status) => {
    context.log(`engine: ${JSON.stringify(status)}`)
    announce(context, 'isocenter:engine-status-changed', status)
  })
  answer(context, askChannels.engineStatus, z.undefined(), () => engine.status)
  answer(context, askChannels.restartEngine, z.undefined(), () => engine.start())
  if (options.testMode)
    answer(context, askChannels.killEngineForTest, z.undefined(), () => engine.crashForTest())
}
