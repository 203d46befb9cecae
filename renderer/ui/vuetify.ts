import 'vuetify/styles'
import { createVuetify } from 'vuetify'
import {
  VAlert,
  VApp,
  VBtn,
  VBtnToggle,
  VCard,
  VCardActions,
  VCardText,
  VDialog,
  VIcon,
  VList,
  VListItem,
  VMenu,
  VProgressCircular,
  VProgressLinear,
  VSpacer,
  VThemeProvider,
  VTooltip,
} from 'vuetify/components'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import { accentColour } from './colours.js'

/** The component library with the window's themes: neutral, one accent; `style.css` has the same two. */
export const vuetify = createVuetify({
  components: {
    VAlert,
    VApp,
    VBtn,
    VBtnToggle,
    VCard,
    VCardActions,
    VCardText,
    VDialog,
    VIcon,
    VList,
    VListItem,
    VMenu,
    VProgressCircular,
    VProgressLinear,
    VSpacer,
    VThemeProvider,
    VTooltip,
  },
  icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
  defaults: { VBtn: { ripple: false } },
  theme: {
    defaultTheme: 'dark',
    themes: {
      dark: {
        dark: true,
        colors: {
          background: '#121518',
          surface: '#1a1e23',
          primary: accentColour,
          success: '#63b882',
          warning: '#d9a94e',
          error: '#e0756c',
          info: '#6fa8cf',
        },
      },
      light: {
        dark: false,
        colors: {
          background: '#eef0f2',
          surface: '#f7f8f9',
          primary: '#1b6a9c',
          success: '#2a7546',
          warning: '#855700',
          error: '#b3362c',
          info: '#2b6a94',
        },
      },
    },
  },
})
