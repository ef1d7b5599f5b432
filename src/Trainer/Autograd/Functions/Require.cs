using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>Checks that the functions share.</summary>
internal static class Require
{
    public static void Inputs(Function function, ReadOnlySpan<Shape> inputs, int count)
    {
        if (inputs.Length != count)
        {
            throw new ArgumentException($"{function.Name}: expected {count} input{(count == 1 ? "" : "s")}, got {inputs.Length}.", nameof(inputs));
        }
    }

    public static void SameShape(Function function, string second, ReadOnlySpan<Shape> inputs)
    {
        if (inputs[0] != inputs[1])
        {
            throw new ArgumentException($"{function.Name}: expected {second} of shape {inputs[0]}, as the predictions, got {inputs[1]}.", nameof(inputs));
        }
    }

    public static void AtLeastRank(Function function, Shape shape, int rank)
    {
        if (shape.Rank < rank)
        {
            throw new ArgumentException($"{function.Name}: expected an input of rank {rank} or more, got {shape}.");
        }
    }

    /// <summary>Gives an axis counted from the begin; throws unless there is one of that number.</summary>
    public static int Axis(Function function, Shape shape, int axis) => axis >= -shape.Rank && axis < shape.Rank
        ? (axis < 0 ? axis + shape.Rank : axis)
        : throw new ArgumentException($"{function.Name}: expected an axis from {-shape.Rank} to {shape.Rank - 1} of {shape}, got {axis}.");

    public static float NotNegative(string function, float value, string name) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{function}: expected {name} of 0 or more, got {value}.");
}
