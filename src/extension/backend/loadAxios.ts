import type { AxiosStatic } from 'axios';
import { theEditorsTurn } from '../theEditorsTurn.ts';

/** axios, read at its first use: that takes 15 ms, and so may what comes before it and a process's first request. */
export async function loadAxios(): Promise<AxiosStatic> {
  await theEditorsTurn();
  const { default: axios } = await import('axios');
  await theEditorsTurn();
  return axios;
}
