import { startEngine } from './start-engine.js'

void startEngine(async () => (await import('./operations.js')).operations, new URL(import.meta.url))
