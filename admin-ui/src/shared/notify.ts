import { ElMessage, ElMessageBox } from 'element-plus';
import 'element-plus/es/components/message/style/css';
import 'element-plus/es/components/message-box/style/css';

export function notifyDone(message: string): void {
  ElMessage({ type: 'success', message, duration: 3000 });
}

export function notifyFailed(message: string): void {
  ElMessage({ type: 'error', message, duration: 8000, showClose: true });
}

/** True when the person says yes. */
export async function ask(title: string, message: string, yes: string, no: string): Promise<boolean> {
  try {
    await ElMessageBox.confirm(message, title, { confirmButtonText: yes, cancelButtonText: no, type: 'warning' });
    return true;
  } catch {
    return false;
  }
}
