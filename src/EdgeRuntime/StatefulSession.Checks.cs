using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <content>What the states of a model must be.</content>
public sealed partial class StatefulSession
{
    private static Shape[] ShapesOf(ReadOnlySpan<Tensor> tensors)
    {
        var shapes = new Shape[tensors.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = tensors[i].Shape;
        }

        return shapes;
    }

    private static int Find(IReadOnlyList<ValueInfo> values, string name, string role)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException(
            $"State '{name}': the model has no such {role}; it has {string.Join(", ", values.Select(value => $"'{value.Name}'"))}.", nameof(name));
    }

    private static void RequireAlike(ValueInfo input, ValueInfo fed)
    {
        bool alike = input.ElementType == fed.ElementType || fed.ElementType == ElementType.Undefined || input.ElementType == ElementType.Undefined;
        if (input.Shape is { } a && fed.Shape is { } b)
        {
            alike &= a.Rank == b.Rank;
            for (int axis = 0; alike && axis < a.Rank; axis++)
            {
                alike &= a[axis].Size is not { } size || b[axis].Size is not { } other || size == other;
            }
        }

        if (!alike)
        {
            throw new ArgumentException($"State '{input.Name}': expected {input}, got {fed}; a state is fed back as it comes out.", nameof(fed));
        }
    }
}
