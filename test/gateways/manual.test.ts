import { createManualGateway } from '#server/gateways/manual/index.ts';
import { describeGateway } from './gateway-contract.ts';

describeGateway(
  'manual',
  () =>
    Promise.resolve({
      gateway: createManualGateway({ now: () => new Date() }),
      close: () => Promise.resolve(),
    }),
  // What a bank or wallet takes is a limit of its payment option, not of the gateway.
  {
    taken: [
      [2_500_00n, 'PKR'],
      [1_250n, 'JPY'],
      [12_345n, 'KWD'],
    ],
    refused: [],
  },
);
