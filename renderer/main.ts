import '@fontsource/roboto/latin-400.css'
import '@fontsource/roboto/latin-500.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './shell/App.vue'
import { vuetify } from './ui/vuetify.js'
import './ui/style.css'

createApp(App).use(createPinia()).use(vuetify).mount('#app')
