using System.Diagnostics.CodeAnalysis;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>From what is inferred to what memory is taken for, within the limits.</summary>
internal static class ConcreteShapes
{
    /// <summary>The type and shape of a value, where both are known to the last dimension.</summary>
    /// <exception cref="OnnxModelException">The value is greater than the limits allow.</exception>
    public static bool TryGet(InferredValue? value, OnnxLimits limits, object owner, [NotNullWhen(true)] out Shape? shape)
    {
        shape = null;
        if (value?.Shape is not { IsKnown: true } symbolic || value.Type == ElementType.Undefined)
        {
            return false;
        }

        long bytes = Math.Max(1, ElementTypes.Get(value.Type).Size);
        Span<int> dimensions = stackalloc int[symbolic.Rank];
        bool empty = false;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            long size = symbolic[axis].Size!.Value;
            empty |= size == 0;
            if (size > int.MaxValue)
            {
                throw TooLarge(owner, symbolic, limits);
            }

            dimensions[axis] = (int)size;
        }

        foreach (int size in dimensions)
        {
            bytes = empty ? 0 : bytes * size;
            if (bytes > limits.MaxTensorBytes)
            {
                throw TooLarge(owner, symbolic, limits);
            }
        }

        shape = new Shape(dimensions);
        return true;
    }

    private static OnnxModelException TooLarge(object owner, SymbolicShape shape, OnnxLimits limits) =>
        new($"{owner}: a tensor of shape {shape} exceeds the limit of {limits.MaxTensorBytes} bytes; raise OnnxLimits.MaxTensorBytes for a model that you trust.");
}
