using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>
/// Inputs and outputs bound to a session by name, once, and run as often as their contents change. Where the session is the managed
/// engine's, a run allocates nothing after the first of a shape.
/// </summary>
/// <remarks>Not for several threads at once: make a binding a thread; they may share the session.</remarks>
/// <example>
/// <code>
/// var binding = new IoBinding(session);
/// var image = new Tensor&lt;float&gt;([1, 1, 28, 28], camera.Pixels);   // the camera's own memory
/// binding.BindInput("image", image);
/// while (camera.Next())
/// {
///     binding.Run();
///     Tensor scores = binding.Output("scores");                     // made by the binding, written anew by every run
/// }
/// </code>
/// </example>
public sealed class IoBinding
{
    private readonly IInferenceSession _session;
    private readonly Tensor[] _inputs;
    private readonly Tensor[] _outputs;
    private readonly bool[] _isCallers;

    // The inputs' shapes for which the binding's own outputs were made.
    private readonly Shape[] _shapes;
    private bool _hasOutputs;

    /// <summary>Makes a binding to which nothing is bound yet. The session stays the caller's to dispose.</summary>
    public IoBinding(IInferenceSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _session = session;
        _inputs = new Tensor[session.Inputs.Count];
        _outputs = new Tensor[session.Outputs.Count];
        _isCallers = new bool[session.Outputs.Count];
        _shapes = new Shape[session.Inputs.Count];
    }

    /// <summary>Binds a tensor, whose contents each run reads as they are then.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="tensor">The tensor; a run checks its shape.</param>
    /// <exception cref="ArgumentException">The model has no such input, or it is of another element type.</exception>
    public void BindInput(string name, Tensor tensor) => _inputs[Find(_session.Inputs, name, "Input", tensor)] = tensor;

    /// <summary>Binds a tensor to which each run writes. An output that nothing is bound to is made by the binding.</summary>
    /// <param name="name">The output's name.</param>
    /// <param name="tensor">The tensor; a run checks its shape.</param>
    /// <exception cref="ArgumentException">The model has no such output, or it is of another element type.</exception>
    public void BindOutput(string name, Tensor tensor)
    {
        int index = Find(_session.Outputs, name, "Output", tensor);
        _outputs[index] = tensor;
        _isCallers[index] = true;
    }

    /// <summary>The tensor that holds an output: the one that is bound, or the binding's own, which there is after the first run.</summary>
    /// <exception cref="ArgumentException">The model has no such output.</exception>
    /// <exception cref="InvalidOperationException">Nothing is bound, and there has been no run.</exception>
    public Tensor Output(string name) => _outputs[Find(_session.Outputs, name, "Output")]
        ?? throw new InvalidOperationException($"Output '{name}': nothing is bound and nothing has been run; call Run first.");

    /// <summary>Runs the model on what is bound.</summary>
    /// <exception cref="InvalidOperationException">An input is not bound, or the shape of an unbound output depends on the inputs' values.</exception>
    /// <exception cref="ArgumentException">A tensor's shape does not fit; names it, expected and got.</exception>
    public void Run()
    {
        bool same = _hasOutputs;
        for (int i = 0; i < _inputs.Length; i++)
        {
            Tensor input = _inputs[i] ?? throw new InvalidOperationException($"Input '{_session.Inputs[i].Name}': expected {_session.Inputs[i]}, nothing is bound; call BindInput.");
            same &= _shapes[i] == input.Shape;
        }

        if (!same && !Array.TrueForAll(_isCallers, given => given))
        {
            MakeOutputs();
        }

        _session.Run(_inputs, _outputs);
    }

    private void MakeOutputs()
    {
        for (int i = 0; i < _shapes.Length; i++)
        {
            _shapes[i] = _inputs[i].Shape;
        }

        _hasOutputs = false;
        IReadOnlyList<Shape?> shapes = _session.InferOutputShapes(_shapes);
        for (int i = 0; i < _outputs.Length; i++)
        {
            if (_isCallers[i])
            {
                continue;
            }

            ValueInfo output = _session.Outputs[i];
            Shape shape = shapes[i] ?? throw new InvalidOperationException(
                $"Output '{output.Name}': its shape depends on the inputs' values; bind a tensor of the shape that is expected, or call the session's Run with named inputs.");
            if (_outputs[i]?.Shape != shape)
            {
                _outputs[i] = Tensor.Create(output.ElementType, shape);
            }
        }

        _hasOutputs = true;
    }

    private static int Find(IReadOnlyList<ValueInfo> values, string name, string role, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        int index = Find(values, name, role);
        ElementType expected = values[index].ElementType;
        if (expected != ElementType.Undefined && expected != tensor.ElementType)
        {
            throw new ArgumentException($"{role} '{name}': expected element type {ElementTypes.Get(expected).Name}, got {ElementTypes.Get(tensor.ElementType).Name}.", nameof(tensor));
        }

        return index;
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
            $"{role} '{name}': the model has no such {role.ToLowerInvariant()}; it has {string.Join(", ", values.Select(value => $"'{value.Name}'"))}.", nameof(name));
    }
}
