import { Stack } from 'aws-cdk-lib';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Encryption } from '../../src';

const key = Key.fromKeyArn(new Stack(), 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1234');
const refuse = (): IKey => {
  throw new Error('a key was made');
};

test('a customer managed key is made unless one is given', () => {
  expect(Encryption.customerManaged()._bind(() => key)).toBe(key);
  expect(Encryption.customerManaged(key)._bind(refuse)).toBe(key);
});

test('AWS managed keys are not named', () => expect(Encryption.awsManaged()._bind(refuse)).toBeUndefined());
