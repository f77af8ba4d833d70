// A number that every question heeds: when it goes up, all are asked anew.

class Fresh {
  version = $state(0);
}
export const fresh = new Fresh();
