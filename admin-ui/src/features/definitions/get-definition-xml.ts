import { call } from '../../shared/http.ts';

export const getDefinitionXml = (id: string): Promise<string> => call('getDefinitionXml', { params: { id } });
