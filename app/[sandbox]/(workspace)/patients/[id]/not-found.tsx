import { UserRoundX } from 'lucide-react';
import { MessagePage } from '#components/ui/message-page.tsx';

export default function PatientNotFound() {
  return (
    <MessagePage icon={<UserRoundX aria-hidden />} title="This sandbox has no such patient">
      The patient may have been removed, or your account may not see their record. Look for them in the list of
      patients.
    </MessagePage>
  );
}
