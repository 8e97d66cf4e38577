/** Gateways (S12): the sentences of the data plane. */
export const gateway = {
  'gateway.title.opened': 'The Gateway takes the connection',
  'gateway.title.closed': 'The Gateway ends the connection',
  'gateway.pick.external': 'Service `{service}` is another name for `{name}`. The Gateway looks it up, connects there and sends `Host: {host}`.',
  'gateway.tls.secret': 'The Gateway shows the certificate of Secret `{secret}`, which is valid for {names}.',
} as const;
