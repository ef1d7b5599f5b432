using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>
/// What a model takes and gives, and the check of a caller's tensors against it. Shared by all backends, so that the same
/// mistake gives the same message whichever runs the model. The checks allocate nothing when they pass.
/// </summary>
public sealed class SessionSignature
{
    private readonly ValueInfo[] _inputs;
    private readonly ValueInfo[] _outputs;

    // The first (input, axis) that each symbol names: where its size is read.
    private readonly Dictionary<string, (int Input, int Axis)> _symbols = new(StringComparer.Ordinal);

    /// <summary>Makes the signature of a model.</summary>
    public SessionSignature(IReadOnlyList<ValueInfo> inputs, IReadOnlyList<ValueInfo> outputs)
    {
        _inputs = [.. inputs];
        _outputs = [.. outputs];
        for (int input = 0; input < _inputs.Length; input++)
        {
            SymbolicShape? shape = _inputs[input].Shape;
            for (int axis = 0; axis < (shape?.Rank ?? 0); axis++)
            {
                if (shape![axis].Symbol is { } symbol)
                {
                    _symbols.TryAdd(symbol, (input, axis));
                }
            }
        }
    }

    /// <summary>What the model takes, in order.</summary>
    public IReadOnlyList<ValueInfo> Inputs => _inputs;

    /// <summary>What the model gives, in order.</summary>
    public IReadOnlyList<ValueInfo> Outputs => _outputs;

    /// <summary>Checks the number, element types and shapes of the inputs.</summary>
    /// <exception cref="ArgumentException">One does not fit; names the input, expected and got.</exception>
    public void RequireInputs(ReadOnlySpan<Tensor> inputs)
    {
        RequireCount(inputs.Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            ValueInfo expected = _inputs[i];
            Tensor tensor = inputs[i] ?? throw new ArgumentException($"Input '{expected.Name}': expected a tensor, got null.", nameof(inputs));
            if (expected.Container is not null)
            {
                throw new ArgumentException($"Input '{expected.Name}': expected {expected.Container}, got a tensor; use RunValues.", nameof(inputs));
            }

            if (expected.ElementType != ElementType.Undefined && tensor.ElementType != expected.ElementType)
            {
                throw new ArgumentException(
                    $"Input '{expected.Name}': expected element type {NameOf(expected.ElementType)}, got {NameOf(tensor.ElementType)}.", nameof(inputs));
            }

            RequireShape(expected, tensor.Shape);
        }

        foreach ((string symbol, (int input, int axis)) in _symbols)
        {
            int size = inputs[input].Shape[axis];
            for (int i = 0; i < inputs.Length; i++)
            {
                RequireSymbol(symbol, size, input, i, inputs[i].Shape);
            }
        }
    }

    /// <summary>Checks the number, types and shapes of inputs of any kind.</summary>
    /// <exception cref="ArgumentException">One does not fit; names the input, expected and got.</exception>
    public void RequireValues(IReadOnlyList<OnnxValue> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireCount(inputs.Count);
        for (int i = 0; i < inputs.Count; i++)
        {
            OnnxValue value = inputs[i] ?? throw new ArgumentException($"Input '{_inputs[i].Name}': expected a value, got null.", nameof(inputs));
            if (!value.Type.Fits(_inputs[i].Type) || !OnnxValues.HasShapes(value, _inputs[i].Type))
            {
                throw new ArgumentException($"Input '{_inputs[i].Name}': expected {_inputs[i].Type}, got {value}.", nameof(inputs));
            }
        }

        RequireShapes([.. inputs.Select(value => value is OnnxTensor { Tensor.Shape: var shape } ? shape : default)]);
    }

    /// <summary>Checks the number and shapes of the inputs.</summary>
    /// <exception cref="ArgumentException">One does not fit; names the input, expected and got.</exception>
    public void RequireShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireCount(inputs.Count);
        for (int i = 0; i < inputs.Count; i++)
        {
            RequireShape(_inputs[i], inputs[i]);
        }

        foreach ((string symbol, (int input, int axis)) in _symbols)
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                RequireSymbol(symbol, inputs[input][axis], input, i, inputs[i]);
            }
        }
    }

    /// <summary>Checks the number of tensors that a caller gives for the outputs.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void RequireOutputCount(int count)
    {
        if (count != _outputs.Length)
        {
            throw new ArgumentException($"Outputs: expected {_outputs.Length} tensors ({Names(_outputs)}), got {count}.", nameof(count));
        }
    }

    /// <summary>Checks a tensor that a caller gives for an output.</summary>
    /// <param name="index">Which output.</param>
    /// <param name="tensor">The caller's tensor.</param>
    /// <param name="elementType">What it must hold; <see cref="ElementType.Undefined"/> accepts any.</param>
    /// <param name="shape">The shape that it must have; null accepts any.</param>
    /// <exception cref="ArgumentException">It does not fit; names the output, expected and got.</exception>
    public void RequireOutput(int index, Tensor? tensor, ElementType elementType, Shape? shape)
    {
        string name = _outputs[index].Name;
        if (tensor is null)
        {
            throw new ArgumentException($"Output '{name}': expected a tensor to write to, got null.", nameof(tensor));
        }

        if (elementType != ElementType.Undefined && tensor.ElementType != elementType)
        {
            throw new ArgumentException($"Output '{name}': expected element type {NameOf(elementType)}, got {NameOf(tensor.ElementType)}.", nameof(tensor));
        }

        if (!tensor.IsContiguous)
        {
            throw new ArgumentException($"Output '{name}': expected a tensor that lies dense in memory, got a view of shape {tensor.Shape}; give it its own memory.", nameof(tensor));
        }

        if (shape is { } expected && tensor.Shape != expected)
        {
            throw new ArgumentException($"Output '{name}': expected shape {expected} for these inputs, got {tensor.Shape}.", nameof(tensor));
        }
    }

    /// <summary>Named inputs in the model's order.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown; says which names the model has.</exception>
    public Tensor[] Order(IReadOnlyDictionary<string, Tensor> inputs) => Order(inputs, "tensor");

    /// <summary>Named inputs in the model's order.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown; says which names the model has.</exception>
    internal T[] Order<T>(IReadOnlyDictionary<string, T> inputs, string what)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (string name in inputs.Keys)
        {
            if (!Array.Exists(_inputs, info => info.Name == name))
            {
                throw new ArgumentException($"Input '{name}': the model has no such input; it has {Names(_inputs)}.", nameof(inputs));
            }
        }

        var ordered = new T[_inputs.Length];
        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[i] = inputs.TryGetValue(_inputs[i].Name, out T? value)
                ? value
                : throw new ArgumentException($"Input '{_inputs[i].Name}': expected {_inputs[i]}, got no {what} of that name.", nameof(inputs));
        }

        return ordered;
    }

    /// <summary>The inputs with every strided view copied to dense memory; the inputs themselves where all are dense, as they mostly are.</summary>
    public static ReadOnlySpan<Tensor> Densify(ReadOnlySpan<Tensor> inputs)
    {
        bool dense = true;
        foreach (Tensor input in inputs)
        {
            dense &= input.IsContiguous;
        }

        if (dense)
        {
            return inputs;
        }

        var copies = new Tensor[inputs.Length];
        for (int i = 0; i < copies.Length; i++)
        {
            copies[i] = inputs[i].Contiguous();
        }

        return copies;
    }

    /// <summary>An output's shape where the inputs' sizes and the model's symbols tell it; null otherwise.</summary>
    /// <param name="output">Which output.</param>
    /// <param name="inputs">Shapes that <see cref="RequireShapes"/> accepts.</param>
    public Shape? ResolveOutput(int output, IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (_outputs[output].Shape is not { } declared || declared.Rank > Shape.MaxRank)
        {
            return null;
        }

        var dimensions = new int[declared.Rank];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            Dimension dimension = declared[axis];
            if (dimension.Size is { } size && size <= int.MaxValue)
            {
                dimensions[axis] = (int)size;
            }
            else if (dimension.Symbol is { } symbol && _symbols.TryGetValue(symbol, out (int Input, int Axis) source))
            {
                dimensions[axis] = inputs[source.Input][source.Axis];
            }
            else
            {
                return null;
            }
        }

        return new Shape(dimensions);
    }

    private static string NameOf(ElementType type) => ElementTypes.Find(type)?.Name ?? type.ToString();

    private static string Names(ValueInfo[] values) => string.Join(", ", values.Select(value => $"'{value.Name}'"));

    private static void RequireShape(ValueInfo expected, Shape actual)
    {
        if (expected.Shape is not { } shape)
        {
            return;
        }

        if (shape.Rank != actual.Rank)
        {
            throw new ArgumentException($"Input '{expected.Name}': expected rank {shape.Rank} {shape}, got rank {actual.Rank} {actual}.", nameof(actual));
        }

        for (int axis = 0; axis < actual.Rank; axis++)
        {
            if (shape[axis].Size is { } size && size != actual[axis])
            {
                throw new ArgumentException($"Input '{expected.Name}': expected shape {shape}, got {actual}; axis {axis} must be {size}.", nameof(actual));
            }
        }
    }

    private void RequireCount(int count)
    {
        if (count != _inputs.Length)
        {
            throw new ArgumentException($"Inputs: expected {_inputs.Length} tensors ({Names(_inputs)}), got {count}.", nameof(count));
        }
    }

    private void RequireSymbol(string symbol, int size, int source, int input, Shape actual)
    {
        if (_inputs[input].Shape is not { } shape)
        {
            return;
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis].Symbol == symbol && actual[axis] != size)
            {
                throw new ArgumentException(
                    $"Input '{_inputs[input].Name}': expected {symbol} = {size} on axis {axis} as input '{_inputs[source].Name}' has it, got {actual}.", nameof(actual));
            }
        }
    }
}
