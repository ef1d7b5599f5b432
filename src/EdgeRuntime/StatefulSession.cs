using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>
/// A session that carries state from one run to the next: of a recurrent network that is fed sample by sample, the hidden and the cell
/// state. A state is an input of the model and the output that is fed to it in the next run; both are taken out of
/// <see cref="Inputs"/> and <see cref="Outputs"/>, and the caller feeds and gets the rest.
/// </summary>
/// <remarks>
/// <para>
/// A stream begins with states of zeros, or with those of <see cref="SetState"/>; <see cref="Reset"/> begins another. A state's free
/// dimensions are taken from the other inputs by their symbols (<c>h [2,N,64]</c> beside <c>x [T,N,8]</c>). Each state has two buffers that
/// take turns, so that a step on the managed engine allocates nothing while shapes stay the same. A state whose shape grows
/// (the keys and values of attention) gets a new buffer at each step.
/// </para>
/// <para>
/// A run that throws leaves the states as they were. Runs from several threads are taken one after another: they are steps of one stream. For several
/// streams over one set of weights, make a <see cref="Clone"/> for each.
/// </para>
/// </remarks>
/// <example>
/// A PyTorch LSTM, exported with its states as inputs <c>h0</c>, <c>c0</c> and outputs <c>hn</c>, <c>cn</c>:
/// <code>
/// using var stream = new StatefulSession(
///     new ManagedBackend().Load(bytes),
///     new Dictionary&lt;string, string&gt; { ["h0"] = "hn", ["c0"] = "cn" });   // input, and the output that feeds it
/// var sample = new Tensor&lt;float&gt;([1, 1, 8]);
/// var score = new Tensor&lt;float&gt;([1, 1, 2]);
/// while (sensor.Read(sample.Span))
/// {
///     stream.Run([sample], [score]);
/// }
///
/// using IInferenceSession another = stream.Clone();                      // its own state, the same weights
/// </code>
/// </example>
public sealed partial class StatefulSession : IInferenceSession
{
    private readonly IInferenceSession _session;
    private readonly Lock _lock = new();

    // What the caller sees, and what it is in the model's order.
    private readonly SessionSignature _visible;
    private readonly int[] _visibleInputs;
    private readonly int[] _visibleOutputs;

    // The state inputs as if the other inputs told their shapes.
    private readonly SessionSignature _stateShapes;
    private readonly int[] _stateInputs;
    private readonly StateSlot[] _slotOf; // by state
    private readonly StateSlot[] _slots;
    private readonly Tensor?[] _first; // what the stream began with, until a step has been run
    private readonly Tensor?[] _zeros;

    private readonly Tensor[] _inputs;
    private readonly Tensor[] _outputs;
    private readonly Shape[] _shapes; // of all inputs, of the step before
    private readonly Dictionary<string, string> _states;
    private bool _hasShapes;
    private bool _isOpen = true;

    /// <summary>Makes a session with state out of one without.</summary>
    /// <param name="session">The session, which from now on belongs to this one and is disposed with it.</param>
    /// <param name="states">For each state the name of its input, and the name of the output that feeds it in the next run.</param>
    /// <exception cref="ArgumentException">A name is unknown, or an input and its output differ in element type, rank or a fixed dimension.</exception>
    public StatefulSession(IInferenceSession session, IReadOnlyDictionary<string, string> states)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(states);
        _session = session;
        _states = new Dictionary<string, string>(states, StringComparer.Ordinal);
        _stateInputs = new int[states.Count];
        _slotOf = new StateSlot[states.Count];
        _first = new Tensor?[states.Count];
        _zeros = new Tensor?[states.Count];
        var slots = new SortedDictionary<int, StateSlot>();
        int count = 0;
        for (int input = 0; input < session.Inputs.Count; input++)
        {
            if (_states.TryGetValue(session.Inputs[input].Name, out string? name))
            {
                int output = Find(session.Outputs, name, "output");
                RequireAlike(session.Inputs[input], session.Outputs[output]);
                slots.TryAdd(output, new StateSlot(output));
                _stateInputs[count] = input;
                _slotOf[count++] = slots[output];
            }
        }

        foreach (string input in _states.Keys)
        {
            Find(session.Inputs, input, "input");
        }

        _slots = [.. slots.Values];
        _visibleInputs = [.. Enumerable.Range(0, session.Inputs.Count).Except(_stateInputs)];
        _visibleOutputs = [.. Enumerable.Range(0, session.Outputs.Count).Except(slots.Keys)];
        ValueInfo[] visibleInputs = [.. _visibleInputs.Select(input => session.Inputs[input])];
        _visible = new SessionSignature(visibleInputs, [.. _visibleOutputs.Select(output => session.Outputs[output])]);
        _stateShapes = new SessionSignature(visibleInputs, [.. _stateInputs.Select(input => session.Inputs[input])]);
        _inputs = new Tensor[session.Inputs.Count];
        _outputs = new Tensor[session.Outputs.Count];
        _shapes = new Shape[session.Inputs.Count];
    }

    /// <inheritdoc/>
    public string Backend => _session.Backend;

    /// <summary>What the model takes besides its states, in order.</summary>
    public IReadOnlyList<ValueInfo> Inputs => _visible.Inputs;

    /// <summary>What the model gives besides its states, in order.</summary>
    public IReadOnlyList<ValueInfo> Outputs => _visible.Outputs;

    /// <summary>The states: the inputs of the model that are fed from its outputs.</summary>
    public IReadOnlyList<ValueInfo> States => _stateShapes.Outputs;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata => _session.Metadata;

    /// <inheritdoc/>
    public IReadOnlyList<Shape?> InferOutputShapes(IReadOnlyList<Shape> inputs)
    {
        ObjectDisposedException.ThrowIf(!_isOpen, this);
        _visible.RequireShapes(inputs);
        var all = new Shape[_inputs.Length];
        for (int i = 0; i < _visibleInputs.Length; i++)
        {
            all[_visibleInputs[i]] = inputs[i];
        }

        lock (_lock)
        {
            for (int i = 0; i < _stateInputs.Length; i++)
            {
                all[_stateInputs[i]] = Current(i)?.Shape ?? Resolve(i, inputs);
            }
        }

        IReadOnlyList<Shape?> shapes = _session.InferOutputShapes(all);
        return Array.ConvertAll(_visibleOutputs, output => shapes[output]);
    }

    /// <summary>Runs one step of the stream; see <see cref="IInferenceSession.Run(ReadOnlySpan{Tensor}, ReadOnlySpan{Tensor})"/>.</summary>
    /// <exception cref="ArgumentException">A tensor does not fit, or these inputs need a state of another shape than the stream has; names it, expected and got.</exception>
    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        _visible.RequireInputs(inputs);
        _visible.RequireOutputCount(outputs.Length);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(!_isOpen, this);
            for (int i = 0; i < outputs.Length; i++)
            {
                _outputs[_visibleOutputs[i]] = outputs[i];
            }

            try
            {
                if (Bind(inputs))
                {
                    _session.Run(_inputs, _outputs);
                    foreach (StateSlot slot in _slots)
                    {
                        slot.Turn();
                    }
                }
                else
                {
                    OrderedDictionary<string, Tensor> results = RunUnplanned();
                    for (int i = 0; i < outputs.Length; i++)
                    {
                        Tensor result = results.GetAt(_visibleOutputs[i]).Value;
                        _visible.RequireOutput(i, outputs[i], result.ElementType, result.Shape);
                    }

                    for (int i = 0; i < outputs.Length; i++)
                    {
                        results.GetAt(_visibleOutputs[i]).Value.CopyTo(outputs[i]);
                    }

                    Take(results);
                }

                Array.Clear(_first);
            }
            finally
            {
                Unbind();
            }
        }
    }

    /// <summary>Runs one step of the stream and returns new tensors; see <see cref="IInferenceSession.Run(IReadOnlyDictionary{string, Tensor})"/>.</summary>
    /// <exception cref="ArgumentException">A tensor does not fit, or these inputs need a state of another shape than the stream has; names it, expected and got.</exception>
    public OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        Tensor[] ordered = _visible.Order(inputs);
        _visible.RequireInputs(ordered);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(!_isOpen, this);
            try
            {
                Bind(ordered);
                OrderedDictionary<string, Tensor> results = RunUnplanned();
                Take(results);
                Array.Clear(_first);
                var visible = new OrderedDictionary<string, Tensor>(_visibleOutputs.Length);
                foreach (int output in _visibleOutputs)
                {
                    visible.Add(_session.Outputs[output].Name, results.GetAt(output).Value);
                }

                return visible;
            }
            finally
            {
                Unbind();
            }
        }
    }

    /// <summary>Begins another stream, with states of zeros. Allocates nothing.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            Array.Clear(_first);
            foreach (StateSlot slot in _slots)
            {
                slot.Clear();
            }
        }
    }

    /// <summary>Gives a state a value: the one that a stream begins with, or goes on from.</summary>
    /// <param name="input">The state's input.</param>
    /// <param name="value">Its value, which is copied.</param>
    /// <exception cref="ArgumentException">There is no such state, or the type or shape does not fit it; says expected and got.</exception>
    public void SetState(string input, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int state = Find(States, input, "state");
        RequireAlike(States[state], new ValueInfo("the value", value.ElementType, SymbolicShape.From(value.Shape)));
        Tensor copy = value.Clone();
        lock (_lock)
        {
            _first[state] = copy;
        }
    }

    /// <summary>A copy of a state as the last step left it.</summary>
    /// <param name="input">The state's input.</param>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    /// <exception cref="InvalidOperationException">The stream has not been begun, so that the state's shape is not known.</exception>
    public Tensor GetState(string input)
    {
        int state = Find(States, input, "state");
        lock (_lock)
        {
            return Current(state)?.Clone() ?? throw new InvalidOperationException($"State '{input}': the stream has not begun; run a step or call SetState first.");
        }
    }

    /// <summary>Another stream over the same weights, with states of its own that begin with zeros.</summary>
    public IInferenceSession Clone() => new StatefulSession(_session.Clone(), _states);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isOpen = false;
            _session.Dispose();
        }
    }

    // The inputs of the step, and the buffers of its states. False where a state's next shape is known only after the step.
    private bool Bind(ReadOnlySpan<Tensor> inputs)
    {
        bool same = _hasShapes;
        for (int i = 0; i < inputs.Length; i++)
        {
            same &= _shapes[_visibleInputs[i]] == inputs[i].Shape;
            _inputs[_visibleInputs[i]] = inputs[i];
        }

        for (int i = 0; i < _stateInputs.Length; i++)
        {
            Tensor current = Current(i) is { } held ? Require(i, held, same, inputs) : Zero(i, same, inputs);
            same &= _shapes[_stateInputs[i]] == current.Shape;
            _inputs[_stateInputs[i]] = current;
        }

        foreach (StateSlot slot in _slots)
        {
            same &= slot.Spare is not null;
        }

        return same ? BindSpares() : BindShapes();
    }

    private bool BindSpares()
    {
        foreach (StateSlot slot in _slots)
        {
            _outputs[slot.Output] = slot.Spare!;
        }

        return true;
    }

    private bool BindShapes()
    {
        _hasShapes = false;
        for (int i = 0; i < _shapes.Length; i++)
        {
            _shapes[i] = _inputs[i].Shape;
        }

        IReadOnlyList<Shape?> shapes = _session.InferOutputShapes(_shapes);
        foreach (StateSlot slot in _slots)
        {
            if (shapes[slot.Output] is not { } shape)
            {
                return false;
            }

            _outputs[slot.Output] = slot.Prepare(_session.Outputs[slot.Output].ElementType, shape);
        }

        _hasShapes = true;
        return true;
    }

    private OrderedDictionary<string, Tensor> RunUnplanned()
    {
        var named = new Dictionary<string, Tensor>(_inputs.Length, StringComparer.Ordinal);
        for (int i = 0; i < _inputs.Length; i++)
        {
            named.Add(_session.Inputs[i].Name, _inputs[i]);
        }

        return _session.Run(named);
    }

    private void Take(OrderedDictionary<string, Tensor> results)
    {
        foreach (StateSlot slot in _slots)
        {
            slot.Turn(results.GetAt(slot.Output).Value);
        }

        _hasShapes = false;
    }

    // Between steps nothing of the caller's is kept alive.
    private void Unbind()
    {
        Array.Clear(_inputs);
        Array.Clear(_outputs);
    }

    private Tensor? Current(int state) => _first[state] ?? _slotOf[state].Newest;

    private Tensor Require(int state, Tensor held, bool same, ReadOnlySpan<Tensor> inputs)
    {
        if (!same && _stateShapes.ResolveOutput(state, ShapesOf(inputs)) is { } shape && held.Shape != shape)
        {
            throw new ArgumentException(
                $"State '{States[state].Name}': holds {held.Shape} from the steps before, these inputs need {shape}; call Reset before a stream of another size.", nameof(inputs));
        }

        return held;
    }

    private Tensor Zero(int state, bool same, ReadOnlySpan<Tensor> inputs)
    {
        if (same && _zeros[state] is { } zero && zero.Shape == _shapes[_stateInputs[state]])
        {
            return zero;
        }

        Shape shape = Resolve(state, ShapesOf(inputs));
        if (_zeros[state]?.Shape != shape)
        {
            _zeros[state] = Tensor.Create(States[state].ElementType, shape);
        }

        return _zeros[state]!;
    }

    private Shape Resolve(int state, IReadOnlyList<Shape> inputs) => _stateShapes.ResolveOutput(state, inputs)
        ?? throw new ArgumentException(
            $"State '{States[state].Name}': the other inputs do not tell its shape {States[state].Shape?.ToString() ?? "of unknown rank"}; call SetState with the tensor that the stream begins with.", nameof(inputs));
}
