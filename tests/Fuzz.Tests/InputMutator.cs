using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Fuzz.Tests;

/// <summary>Makes the inputs of a run: those of the seed, damaged ones, and ones made up to the model's declarations or against them.</summary>
internal static class InputMutator
{
    private const int MaxElements = 1 << 14;

    /// <summary>The inputs by name.</summary>
    public static Dictionary<string, Tensor> Make(Random random, IInferenceSession session, IReadOnlyDictionary<string, Tensor> known)
    {
        var symbols = new Dictionary<string, int>();
        var inputs = new Dictionary<string, Tensor>();
        int mode = random.Next(4);
        foreach (ValueInfo input in session.Inputs)
        {
            known.TryGetValue(input.Name, out Tensor? original);
            bool fits = original is not null && Fits(input, original);
            inputs[input.Name] = (mode, fits) switch
            {
                (0, true) => original!,
                (1 or 2, true) when random.Next(3) > 0 => Hostile.Damage(random, original!),
                (1, true) => original!,
                _ => MakeUp(random, input, symbols),
            };
        }

        if (random.Next(200) == 0)
        {
            inputs["nobody asked for this"] = Tensor.Scalar(1f);
        }

        return inputs;
    }

    private static bool Fits(ValueInfo input, Tensor tensor)
    {
        if (input.ElementType != tensor.ElementType || input.Shape is not { } shape)
        {
            return input.ElementType == tensor.ElementType;
        }

        return shape.Rank == tensor.Shape.Rank && Enumerable.Range(0, shape.Rank).All(axis => shape[axis].Size is not { } size || size == tensor.Shape[axis]);
    }

    private static Tensor MakeUp(Random random, ValueInfo input, Dictionary<string, int> symbols)
    {
        ElementType type = input.ElementType == ElementType.Undefined || random.Next(100) == 0 ? ElementType.Float32 : input.ElementType;
        int rank = input.Shape?.Rank ?? random.Next(5);
        var sizes = new int[rank];
        long length = 1;
        for (int axis = 0; axis < rank; axis++)
        {
            int size = Hostile.Size(random);
            if (input.Shape?[axis] is { } dimension && random.Next(50) > 0)
            {
                size = dimension.Size is { } known ? (int)Math.Min(known, MaxElements)
                    : dimension.Symbol is { } symbol ? symbols.TryGetValue(symbol, out int before) ? before : symbols[symbol] = size
                    : size;
            }

            size = length * size > MaxElements ? 1 : size;
            length *= Math.Max(size, 1);
            sizes[axis] = size;
        }

        return Hostile.Tensor(random, type, new Shape(sizes));
    }
}
