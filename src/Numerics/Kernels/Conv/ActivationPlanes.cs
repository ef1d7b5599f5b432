using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The gradient before an activation for a plane of an image, copied to where it is needed, and its sum for the bias in the same pass.</summary>
internal static unsafe class ActivationPlanes
{
    /// <summary>dz[i] = dy[i] · activation'(y[i]); sums[i mod 16] += dz[i] in the order of i.</summary>
    /// <param name="activation">The activation; its derivative reads y alone.</param>
    /// <param name="y">The plane of the output; its values do not matter where there is no activation.</param>
    /// <param name="dy">Its gradient.</param>
    /// <param name="length">The elements.</param>
    /// <param name="dz">The result, which may be dy, or null for the sums alone.</param>
    /// <param name="sums"><see cref="LaneSums.Count"/> sums, or null for none.</param>
    public static void Backward<TLanes, T>(ActivationKind activation, T* y, T* dy, int length, T* dz, T* sums)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case ActivationKind.Relu:
                Derive<Relu, TLanes, T>(default, y, dy, length, dz, sums);
                break;
            case ActivationKind.Sigmoid:
                Derive<Sigmoid, TLanes, T>(default, y, dy, length, dz, sums);
                break;
            case ActivationKind.Tanh:
                Derive<HyperbolicTangent, TLanes, T>(default, y, dy, length, dz, sums);
                break;
            default:
                Derive<Same, TLanes, T>(default, dy, dy, length, dz, sums);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Derive<TOperation, TLanes, T>(TOperation operation, T* y, T* dy, int length, T* dz, T* sums)
        where TOperation : struct, IDifferentiableOperation
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool stores = dz is not null;
        bool adds = sums is not null;
        for (int lane = 0; lane < LaneSums.Count; lane += TLanes.Count)
        {
            TLanes sum = adds ? TLanes.Load(in sums[lane]) : TLanes.Zero;
            int i = lane;
            for (; i <= length - TLanes.Count; i += LaneSums.Count)
            {
                TLanes values = TLanes.Load(in y[i]);
                TLanes value = operation.Backward(values, values, TLanes.Load(in dy[i]));
                if (stores)
                {
                    TLanes.Store(value, ref dz[i]);
                }

                sum += value;
            }

            int rest = length - i;
            if (rest > 0)
            {
                TLanes values = TLanes.LoadPartial(y + i, rest, TLanes.Zero);
                TLanes value = operation.Backward(values, values, TLanes.LoadPartial(dy + i, rest, TLanes.Zero));
                if (stores)
                {
                    TLanes.StorePartial(value, dz + i, rest);
                }

                sum += value;
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
