using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A tensor of random real numbers: y = offset + scale · (a standard normal number, or a uniform one in [0, 1)).</summary>
internal static class RandomFillKernel
{
    /// <summary>The kernel for the output's element type.</summary>
    public static OperatorKernel Create(bool isNormal, double offset, double scale, float? seed, NodeContext node) => node.OutputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(isNormal, offset, scale, seed),
        ElementType.Float64 => new Kernel<double>(isNormal, offset, scale, seed),
        var type => throw node.UnsupportedType(type, "output 0"),
    };

    private sealed class Kernel<T>(bool isNormal, double offset, double scale, float? seed) : RandomKernel(seed)
        where T : unmanaged, INumber<T>
    {
        protected override void Draw(CounterRandom random, in KernelArguments arguments)
        {
            foreach (ref T y in arguments.Output<T>(0))
            {
                y = T.CreateTruncating(offset + (scale * (isNormal ? random.NextNormal() : random.NextDouble())));
            }
        }
    }
}
