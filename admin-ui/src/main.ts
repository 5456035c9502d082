import { createApp } from 'vue';
import { createPinia } from 'pinia';
import 'element-plus/theme-chalk/base.css';
import './app/theme.css';
import App from './app/App.vue';
import { keepTabInDialogs } from './app/keep-tab-in-dialogs.ts';
import { reloadAfterUpdate } from './app/reload-after-update.ts';
import { router } from './app/router.ts';
import { i18n } from './shared/i18n/index.ts';

reloadAfterUpdate();
keepTabInDialogs();
createApp(App).use(createPinia()).use(i18n).use(router).mount('#app');
