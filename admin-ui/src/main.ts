import { createApp } from 'vue';
import { createPinia } from 'pinia';
import 'element-plus/theme-chalk/base.css';
import './app/theme.css';
import App from './app/App.vue';
import { router } from './app/router.ts';
import { i18n } from './shared/i18n/index.ts';

createApp(App).use(createPinia()).use(i18n).use(router).mount('#app');
