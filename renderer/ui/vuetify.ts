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
  VTooltip,
} from 'vuetify/components'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import { accentColour } from './colours.js'

/** The component library with the window's one theme: dark, neutral, one accent. */
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
    VTooltip,
  },
  icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
  defaults: { VBtn: { ripple: false } },
  theme: {
    defaultTheme: 'workstation',
    themes: {
      workstation: {
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
    },
  },
})
