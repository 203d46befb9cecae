import { defineStore } from 'pinia'
import { text } from '../../text/en.js'
import { resultStepSetup } from '../shared-result/result-step.js'
import {
  animationCommand,
  initialAnimation,
  initialScene,
  prepareAnimation,
  prepareScene,
  sceneCommand,
} from './requests.js'

export const useAnimationStore = defineStore(
  'animation-export',
  resultStepSetup({
    step: 'export',
    operation: 'animate',
    title: text.resultSteps.animation.title,
    form: initialAnimation,
    prepare: prepareAnimation,
    command: animationCommand,
  }),
)

export const useSceneStore = defineStore(
  'scene-export',
  resultStepSetup({
    step: 'export',
    operation: 'scene',
    title: text.resultSteps.scene.title,
    form: initialScene,
    prepare: prepareScene,
    command: sceneCommand,
  }),
)
