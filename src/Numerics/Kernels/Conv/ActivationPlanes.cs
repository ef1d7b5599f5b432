using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The gradient before an activation for a plane of an image, copied to where it is needed, and its sum for the bias in the same pass.</summary>
internal static unsafe class ActivationPlanes
{
    /// <summary>dz = dy · activation'(y) for the rows of a plane; sums[j mod 16] += dz[i, j] in the order of the rows.</summary>
    /// <param name="activation">The activation; its derivative reads y alone.</param>
    /// <param name="y">The plane of the output; not read where there is no activation.</param>
    /// <param name="dy">Its gradient.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The elements of a row; rows lie one after another in y and dy.</param>
    /// <param name="dz">The result, or null for the sums alone; may be dy where <paramref name="distance"/> is <paramref name="columns"/>.</param>
    /// <param name="distance">From row to row of the result. What lies between rows stays as it is or becomes zero, and so does a vector beyond the last row.</param>
    /// <param name="sums"><see cref="LaneSums.Count"/> sums, or null for none.</param>
    public static void Backward<TLanes, T>(ActivationKind activation, T* y, T* dy, int rows, int columns, T* dz, nint distance, T* sums)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case ActivationKind.Relu:
                Derive<Relu, TLanes, T>(default, y, dy, rows, columns, dz, distance, sums);
                break;
            case ActivationKind.Sigmoid:
                Derive<Sigmoid, TLanes, T>(default, y, dy, rows, columns, dz, distance, sums);
                break;
            case ActivationKind.Tanh:
                Derive<HyperbolicTangent, TLanes, T>(default, y, dy, rows, columns, dz, distance, sums);
                break;
            default:
                Derive<Same, TLanes, T>(default, dy, dy, rows, columns, dz, distance, sums);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Derive<TOperation, TLanes, T>(TOperation operation, T* y, T* dy, int rows, int columns, T* dz, nint distance, T* sums)
        where TOperation : struct, IDifferentiableOperation
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool stores = dz is not null;

        // Rows that are spread with sixteen lanes are written whole vectors at a time: what is too much is zero, and the next row overwrites it.
        bool overwrites = TLanes.Count == LaneSums.Count && distance > columns;
        for (int lane = 0; lane < LaneSums.Count; lane += TLanes.Count)
        {
            int vectors = Math.Max(0, (columns - lane - TLanes.Count + LaneSums.Count) / LaneSums.Count);
            int whole = lane + (vectors * LaneSums.Count);
            int rest = columns - whole;
            bool adds = sums is not null;
            TLanes sum = adds ? TLanes.Load(in sums[lane]) : TLanes.Zero;
            T* fromY = y;
            T* fromDy = dy;
            T* to = dz;
            for (int row = rows; row > 0; row--)
            {
                for (int j = lane; j < whole; j += LaneSums.Count)
                {
                    TLanes values = TLanes.Load(in fromY[j]);
                    TLanes value = operation.Backward(values, values, TLanes.Load(in fromDy[j]));
                    if (stores)
                    {
                        TLanes.Store(value, ref to[j]);
                    }

                    sum = adds ? sum + value : sum;
                }

                if (rest > 0)
                {
                    TLanes values = TLanes.LoadPartial(fromY + whole, rest, TLanes.Zero);
                    TLanes value = operation.Backward(values, values, TLanes.LoadPartial(fromDy + whole, rest, TLanes.Zero));
                    if (overwrites)
                    {
                        TLanes.Store(value, ref to[whole]);
                    }
                    else if (stores)
                    {
                        TLanes.StorePartial(value, to + whole, rest);
                    }

                    sum = adds ? sum + value : sum;
                }

                fromY += columns;
                fromDy += columns;
                to += distance;
            }

            if (adds)
            {
                TLanes.Store(sum, ref sums[lane]);
            }
        }
    }

    private readonly struct Same : IDifferentiableOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
            where TLanes : struct, ILanes<TLanes> => dy;
    }
}
