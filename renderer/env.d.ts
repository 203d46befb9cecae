/// <reference types="vite/client" />
import '../preload/api.js'

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
