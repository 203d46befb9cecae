import '@fontsource/roboto/latin-400.css'
import '@fontsource/roboto/latin-500.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { useSettingsStore } from './settings/settings-store.js'
import App from './shell/App.vue'
import { vuetify } from './ui/vuetify.js'
import './ui/style.css'

const app = createApp(App).use(createPinia()).use(vuetify)
// The person's colours come first, so that the window does not change them before the person's eyes.
void useSettingsStore()
  .load()
  .finally(() => app.mount('#app'))
