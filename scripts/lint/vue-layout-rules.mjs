/**
 * Rules of eslint-plugin-vue that are about layout, where Prettier has the last word.
 *
 * @type {Record<string, 'off'>}
 */
export const vueLayoutRulesLeftToPrettier = {
  'vue/first-attribute-linebreak': 'off',
  'vue/html-closing-bracket-newline': 'off',
  'vue/html-closing-bracket-spacing': 'off',
  'vue/html-indent': 'off',
  'vue/html-quotes': 'off',
  'vue/html-self-closing': 'off',
  'vue/max-attributes-per-line': 'off',
  'vue/multiline-html-element-content-newline': 'off',
  'vue/mustache-interpolation-spacing': 'off',
  'vue/no-multi-spaces': 'off',
  'vue/no-spaces-around-equal-signs-in-attribute': 'off',
  'vue/singleline-html-element-content-newline': 'off',
}
