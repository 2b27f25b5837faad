;; Lines that differ in their last decimal digits only, at the speed of the processor's stores.
;;
;; A line of 16 to 32 bytes is two vectors that may overlap: its first 16 bytes, the same for all lines of a call, and its
;; last 16 bytes, in which the last digit is counted and the three before it are looked up every ten lines.
;; One page of memory: a table, what a call's lines are made of, and behind that the lines.
(module
  (import "host" "memory" (memory 1))

  ;; [0, 4000): for 0 to 999 its three digits and a "0", as ASCII.
  (func $table
    (local $ten i32)
    (loop $next
      (i32.store (i32.mul (local.get $ten) (i32.const 4))
        (i32.or
          (i32.or
            (i32.const 0x30303030)
            (i32.div_u (local.get $ten) (i32.const 100)))
          (i32.or
            (i32.shl (i32.rem_u (i32.div_u (local.get $ten) (i32.const 10)) (i32.const 10)) (i32.const 8))
            (i32.shl (i32.rem_u (local.get $ten) (i32.const 10)) (i32.const 16)))))
      (local.set $ten (i32.add (local.get $ten) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $ten) (i32.const 1000)))))
  (start $table)

  ;; Writes the lines $ten * 10 to ($ten + $tens) * 10 - 1 at $at, $bytes bytes each. Reads at 4032 a line's first 16
  ;; bytes; at 4048 its last 16, with zeros where the four digits go; at 4064 which of the four digits each of these bytes
  ;; is, 255 for none; at 4080 a one at the last digit.
  (func (export "lines") (param $at i32) (param $tens i32) (param $ten i32) (param $bytes i32)
    (local $first v128)
    (local $rest v128)
    (local $places v128)
    (local $one v128)
    (local $last v128)
    (local $back i32)
    (local $left i32)
    (local.set $first (v128.load (i32.const 4032)))
    (local.set $rest (v128.load (i32.const 4048)))
    (local.set $places (v128.load (i32.const 4064)))
    (local.set $one (v128.load (i32.const 4080)))
    (local.set $back (i32.sub (i32.add (local.get $at) (local.get $bytes)) (i32.const 16)))
    (loop $more
      (local.set $last
        (v128.or
          (local.get $rest)
          (i8x16.swizzle
            (i32x4.splat (i32.load (i32.mul (local.get $ten) (i32.const 4))))
            (local.get $places))))
      (local.set $left (i32.const 5))
      (loop $pair
        (v128.store (local.get $at) (local.get $first))
        (v128.store (local.get $back) (local.get $last))
        (local.set $last (i8x16.add (local.get $last) (local.get $one)))
        (local.set $at (i32.add (local.get $at) (local.get $bytes)))
        (local.set $back (i32.add (local.get $back) (local.get $bytes)))
        (v128.store (local.get $at) (local.get $first))
        (v128.store (local.get $back) (local.get $last))
        (local.set $last (i8x16.add (local.get $last) (local.get $one)))
        (local.set $at (i32.add (local.get $at) (local.get $bytes)))
        (local.set $back (i32.add (local.get $back) (local.get $bytes)))
        (br_if $pair (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (local.set $ten (i32.add (local.get $ten) (i32.const 1)))
      (br_if $more (local.tee $tens (i32.sub (local.get $tens) (i32.const 1)))))))
