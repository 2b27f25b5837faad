;; IDs of a run, one after the other. A run's IDs differ by one, so two of them fit a vector and every vector is the one
;; before plus two. The memory is a small one that the caller copies from, or an array that was made to be written here.
(module
  (import "host" "memory" (memory 1))

  ;; Fills [$at, $end) with ascending 64-bit integers from $high * 2^32 + $low. Always whole lines of 64 bytes.
  (func (export "ascending") (param $at i32) (param $end i32) (param $high i32) (param $low i32)
    (local $pair v128)
    (local $two v128)
    (local.set $two (v128.const i64x2 2 2))
    (local.set $pair
      (i64x2.add
        (i64x2.splat
          (i64.or
            (i64.shl (i64.extend_i32_u (local.get $high)) (i64.const 32))
            (i64.extend_i32_u (local.get $low))))
        (v128.const i64x2 0 1)))
    (loop $line
      (v128.store offset=0 (local.get $at) (local.get $pair))
      (local.set $pair (i64x2.add (local.get $pair) (local.get $two)))
      (v128.store offset=16 (local.get $at) (local.get $pair))
      (local.set $pair (i64x2.add (local.get $pair) (local.get $two)))
      (v128.store offset=32 (local.get $at) (local.get $pair))
      (local.set $pair (i64x2.add (local.get $pair) (local.get $two)))
      (v128.store offset=48 (local.get $at) (local.get $pair))
      (local.set $pair (i64x2.add (local.get $pair) (local.get $two)))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      (br_if $line (i32.lt_u (local.get $at) (local.get $end))))))
