using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>
/// A forward computation of fixed shapes, with its backward in training: recorded once, its memory planned by liveness, then replayed.
/// A replay allocates nothing, computes no gradient that nobody needs, and gives the same bits as a <see cref="Tape"/>.
/// </summary>
public sealed class StepProgram
{
    private readonly StepBuffers[] _forward;
    private readonly StepBuffers[] _backward;
    private readonly BufferSlice[] _inputs;
    private BufferSlice[]? _nextInputs;
    private List<(BufferSlice[] Slices, int Index, int Input)>? _inputReaders;
    private readonly BufferSlice _loss;
    private readonly BufferSlice _lossGradient;
    private readonly BufferSlice[] _outputs;
    private readonly BufferSlice[] _parts;
    private readonly Parameter[] _unreached;
    private readonly bool _isTraining;

    /// <param name="tape">The record.</param>
    /// <param name="inputs">What is filled before each run.</param>
    /// <param name="loss">What backward starts from; null for none.</param>
    /// <param name="outputs">What can be read after a run; null stands for what an <see cref="IPredictingFunction"/> leaves in its workspace.</param>
    /// <param name="parts">Scalars that the loss is made of and that can be read after a run.</param>
    internal StepProgram(Tape tape, IReadOnlyList<Variable> inputs, Variable? loss, IReadOnlyList<Variable?> outputs, IReadOnlyList<Variable>? parts = null)
    {
        parts ??= [];
        Variable[] kept = [.. outputs.Append(loss).Concat(parts).OfType<Variable>()];
        Plan = new ProgramPlan(tape, loss, kept);
        _isTraining = tape.IsTraining;
        _forward = Plan.Forward();
        _backward = Plan.Backward();
        _unreached = [.. Plan.UnreachedParameters];
        _inputs = [.. inputs.Select(input => Plan.Value(input.Index))];
        _loss = loss is null ? new BufferSlice([], 0, 0) : Plan.Value(loss.Index);
        _lossGradient = _backward.Length == 0 ? new BufferSlice([], 0, 0) : Plan.Gradient(loss!.Index);
        _outputs = [.. outputs.Select(output => output is null ? WorkspacePredictions(tape) : Plan.Value(output.Index))];
        _parts = [.. parts.Select(part => Plan.Value(part.Index))];
    }

    /// <summary>The number of buffer elements that the program uses beside parameters and gradients.</summary>
    public int ArenaLength => Plan.ArenaLength;

    /// <summary>The loss of the last <see cref="Forward"/>; 0 where the program has none.</summary>
    public float Loss => _loss.Span is [float loss, ..] ? loss : 0f;

    /// <summary>The predictions of the last <see cref="Forward"/>; valid until the next.</summary>
    public ReadOnlySpan<float> Predictions => OutputOf(0);

    internal ProgramPlan Plan { get; }

    /// <summary>What <see cref="Forward"/> runs, in order.</summary>
    internal ReadOnlySpan<StepBuffers> ForwardSteps => _forward;

    /// <summary>What <see cref="Backward"/> runs, in order.</summary>
    internal ReadOnlySpan<StepBuffers> BackwardSteps => _backward;

    /// <summary>Records a program.</summary>
    /// <param name="inputs">The shapes of the inputs.</param>
    /// <param name="forward">Computes the loss (a scalar) on the tape from the inputs.</param>
    /// <param name="isTraining">Whether layers behave as in training and there is a backward.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or the loss is not a scalar.</exception>
    public static StepProgram Record(IReadOnlyList<Shape> inputs, Func<Tape, IReadOnlyList<Variable>, Variable> forward, bool isTraining = true)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(forward);
        Tape tape = Tape.ForRecording(isTraining);
        Variable[] variables = [.. inputs.Select((shape, index) => tape.Input(shape, $"input{index}"))];
        Variable loss = forward(tape, variables);
        return loss.Shape.Length == 1
            ? new StepProgram(tape, variables, loss, [])
            : throw new ArgumentException($"StepProgram: expected a scalar loss, got shape {loss.Shape}.", nameof(forward));
    }

    /// <summary>One of several outputs of the last <see cref="Forward"/>; valid until the next. Empty where the program has none of that number.</summary>
    public ReadOnlySpan<float> OutputOf(int output) => output < _outputs.Length ? _outputs[output].Span : [];

    /// <summary>One of the losses that the loss is made of, of the last <see cref="Forward"/>.</summary>
    internal float PartOf(int part) => _parts[part].Span[0];

    /// <summary>Where an input's values go before each <see cref="Forward"/>.</summary>
    public Span<float> Input(int input) => _inputs[input].Span;

    internal BufferSlice InputSlice(int input) => _inputs[input];

    /// <summary>The memory that an input is read from after <see cref="ExchangeInputs"/>: it may be filled while the program runs.</summary>
    internal BufferSlice NextInputSlice(int input) => _nextInputs![input];

    /// <summary>Gives the program a second set of inputs, unless it has one.</summary>
    internal void EnsureNextInputs() => _nextInputs ??= [.. _inputs.Select(input => new AlignedMemory(input.Length).Slice(0, input.Length))];

    /// <summary>Lets the program read the other set of inputs: the next become the current ones, and the other way round.</summary>
    internal void ExchangeInputs()
    {
        _inputReaders ??= [.. _forward.Concat(_backward).Select(buffers => buffers.Inputs).Append(_outputs).SelectMany(ReadersIn)];
        EnsureNextInputs();
        for (int input = 0; input < _inputs.Length; input++)
        {
            (_inputs[input], _nextInputs![input]) = (_nextInputs[input], _inputs[input]);
        }

        foreach ((BufferSlice[] slices, int index, int input) in _inputReaders)
        {
            slices[index] = _inputs[input];
        }
    }

    /// <summary>Computes loss and predictions from the inputs.</summary>
    /// <param name="workers">The threads to use.</param>
    /// <param name="step">The number of the training step, for counter-based randomness.</param>
    public void Forward(WorkerPool workers, ulong step = 0)
    {
        foreach (StepBuffers buffers in _forward)
        {
            buffers.Function.Forward(new FunctionContext<float>(buffers, workers, _isTraining, step));
        }
    }

    /// <summary>Fills the gradient of every parameter, after <see cref="Forward"/> with the same step.</summary>
    /// <param name="workers">The threads to use.</param>
    /// <param name="step">The number of the training step, as in <see cref="Forward"/>.</param>
    public void Backward(WorkerPool workers, ulong step = 0)
    {
        BeginBackward();
        foreach (StepBuffers buffers in _backward)
        {
            buffers.Function.Backward(new FunctionContext<float>(buffers, workers, _isTraining, step));
        }

        foreach (Parameter parameter in _unreached)
        {
            parameter.Gradient.Clear();
        }
    }

    /// <summary>The gradient of the loss by itself, where backward starts.</summary>
    internal void BeginBackward() => _lossGradient.Span.Fill(1f);

    private IEnumerable<(BufferSlice[] Slices, int Index, int Input)> ReadersIn(BufferSlice[] slices) =>
        from index in Enumerable.Range(0, slices.Length)
        from input in Enumerable.Range(0, _inputs.Length)
        where slices[index].IsSame(_inputs[input])
        select (slices, index, input);

    private BufferSlice WorkspacePredictions(Tape tape)
    {
        for (int index = tape.Steps.Count - 1; index >= 0; index--)
        {
            TraceStep step = tape.Steps[index];
            if (step.Function is IPredictingFunction)
            {
                return Plan.Workspace(index).Part(tape.Variables[step.Inputs[0]].Shape.Length);
            }
        }

        return new BufferSlice([], 0, 0);
    }
}
