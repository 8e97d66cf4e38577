/** kube-proxy: the Service rules of the kernel (S7). */
export const kubeProxy = {
  'kube-proxy.verb': 'Translate',
} as const;
