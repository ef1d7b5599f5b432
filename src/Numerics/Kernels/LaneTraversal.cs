using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Runs an <see cref="ILaneBody"/> with the lanes of an instruction set, split over workers.</summary>
internal static class LaneTraversal
{
    /// <summary>Parts begin at multiples of this many elements: whole registers of every set, and no cache line in two parts of an aligned array.</summary>
    public const int ElementAlignment = 16;

    // A worker that comes late or is slowed down holds up only the part that it has begun.
    private const int PartsOfWorker = 4;

    /// <summary>
    /// Runs the body over [0, length), in at most a few parts a worker, each of at least <paramref name="grain"/> elements or
    /// rows and beginning at a multiple of <paramref name="alignment"/>.
    /// </summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public static void Run<TBody, T>(ref TBody body, int length, int grain, int alignment, WorkerPool workers)
        where TBody : struct, ILaneBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Run<TBody, T>(ref body, length, grain, alignment, KernelSet.CurrentLevel, workers);
    }

    /// <summary><see cref="Run{TBody,T}(ref TBody,int,int,int,WorkerPool)"/> with the lanes of one level.</summary>
    public static void Run<TBody, T>(ref TBody body, int length, int grain, int alignment, KernelLevel level, WorkerPool workers)
        where TBody : struct, ILaneBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int most = length / Math.Max(grain, 1);
        int parts = Math.Min(workers.ThreadCount, most);
        parts *= Math.Clamp(most / Math.Max(parts, 1), 1, PartsOfWorker);
        if (parts <= 1)
        {
            Dispatch<TBody, T>(ref body, 0, length, level);
            return;
        }

        var parallel = new ParallelBody<TBody, T>(body, length, alignment, level);
        workers.Run(ref parallel, parts);
    }

    /// <summary>Runs the part [start, end) on this thread with the lanes of one level.</summary>
    public static void Dispatch<TBody, T>(ref TBody body, int start, int end, KernelLevel level)
        where TBody : struct, ILaneBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            switch (level)
            {
                // What the processor, or the target of ahead-of-time compilation, cannot have is a constant false: its code is left out.
                case KernelLevel.Avx512 when Avx512F.IsSupported:
                    body.Invoke<F32x16, float>(start, end);
                    break;
                case KernelLevel.Avx2 when Avx2.IsSupported:
                    body.Invoke<F32x8, float>(start, end);
                    break;
                case KernelLevel.Vector128 when Vector128.IsHardwareAccelerated:
                    body.Invoke<F32x4, float>(start, end);
                    break;
                default:
                    body.Invoke<F32x1, float>(start, end);
                    break;
            }
        }
        else if (typeof(T) == typeof(double))
        {
            body.Invoke<F64x1, double>(start, end);
        }
        else
        {
            throw new NotSupportedException($"Kernels: expected elements of float or double, got {typeof(T).Name}; cast the tensor first.");
        }
    }

    private struct ParallelBody<TBody, T>(TBody body, int length, int alignment, KernelLevel level) : IParallelBody
        where TBody : struct, ILaneBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private TBody _body = body;

        public void Invoke(int part, int partCount) => Dispatch<TBody, T>(ref _body, Boundary(part, partCount), Boundary(part + 1, partCount), level);

        private readonly int Boundary(int part, int partCount)
        {
            if (part == partCount)
            {
                return length;
            }

            int even = (int)((long)length * part / partCount);
            return even - (even % alignment);
        }
    }
}
