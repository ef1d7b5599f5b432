using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>
/// Records the application of functions and runs each at once; <see cref="Backward"/> then takes the record back to front. For custom
/// training loops and gradient checks; <see cref="StepProgram"/> replays a record of fixed shapes without allocating.
/// Both run the same functions in the same order, so their results are equal to the bit.
/// </summary>
/// <remarks>Not thread-safe; one thread uses a tape at a time.</remarks>
public sealed class Tape
{
    private readonly EagerExecutor? _executor;
    private readonly List<Variable> _variables = [];
    private readonly List<TraceStep> _steps = [];
    private readonly Dictionary<Parameter, Variable> _parameters = [];

    /// <summary>Makes a tape.</summary>
    /// <param name="elementType">float32, or float64 for gradient checks; parameters are widened.</param>
    /// <param name="isTraining">Whether layers behave as in training: dropout drops.</param>
    /// <param name="workers">The threads to compute with; the caller alone by default.</param>
    /// <exception cref="ArgumentException">The element type is neither float32 nor float64.</exception>
    public Tape(ElementType elementType = ElementType.Float32, bool isTraining = true, WorkerPool? workers = null)
        : this(isTraining)
    {
        workers ??= WorkerPool.Serial;
        _executor = elementType switch
        {
            ElementType.Float32 => new EagerExecutor<float>(this, workers),
            ElementType.Float64 => new EagerExecutor<double>(this, workers),
            _ => throw new ArgumentException($"Tape: expected element type Float32 or Float64, got {elementType}.", nameof(elementType)),
        };
    }

    private Tape(bool isTraining) => IsTraining = isTraining;

    /// <summary>Whether layers behave as in training.</summary>
    public bool IsTraining { get; }

    /// <summary>The number of the training step, for counter-based randomness: dropout's mask depends on it.</summary>
    public ulong Step { get; set; }

    /// <summary>The layer that records now; names nodes in exported files and starts error messages.</summary>
    public string Path { get; set; } = "";

    internal IReadOnlyList<Variable> Variables => _variables;

    internal IReadOnlyList<TraceStep> Steps => _steps;

    /// <summary>Puts a tensor of the tape's element type on the tape. It is not copied.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="requiresGradient">Whether <see cref="Backward"/> shall compute its gradient.</param>
    /// <param name="name">A name for messages.</param>
    /// <exception cref="ArgumentException">The tensor has another element type.</exception>
    public Variable Input(Tensor values, bool requiresGradient = false, string name = "")
    {
        ArgumentNullException.ThrowIfNull(values);
        EagerExecutor executor = Executor();
        Variable variable = Add(name, TraceValueKind.Input, values.Shape, requiresGradient, null);
        executor.SetInput(variable, values);
        return variable;
    }

    /// <summary>Puts a parameter on the tape; the same parameter is the same variable.</summary>
    public Variable Parameter(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (!_parameters.TryGetValue(parameter, out Variable? variable))
        {
            variable = Add(parameter.Name, TraceValueKind.Parameter, parameter.Shape, parameter.IsTrainable, parameter);
            _parameters.Add(parameter, variable);
            _executor?.SetParameter(variable, parameter);
        }

        return variable;
    }

    /// <summary>Applies a function: checks shapes, records, runs.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit, or an input is not on this tape; the message starts with the layer's name.</exception>
    public Variable Apply(Function function, params ReadOnlySpan<Variable> inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        var shapes = new Shape[inputs.Length];
        var indices = new int[inputs.Length];
        bool requiresGradient = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            Check(inputs[i], function.Name);
            shapes[i] = inputs[i].Shape;
            indices[i] = inputs[i].Index;
            requiresGradient |= inputs[i].RequiresGradient && function.IsDifferentiable(i);
            CheckState(function, i, inputs[i]);
        }

        Variable output = Add("", TraceValueKind.Intermediate, InferShape(function, shapes), requiresGradient, null);
        var step = new TraceStep(Path, function, indices, output.Index);
        _steps.Add(step);
        _executor?.Run(step, shapes);
        return output;
    }

    /// <summary>
    /// Computes the gradient of <paramref name="output"/> by every variable and parameter that requires one. A parameter's goes to
    /// <see cref="Parameter.Gradient"/> (float32 tapes) and replaces what was there; that of a parameter without influence is zero.
    /// </summary>
    /// <param name="output">A scalar such as a loss; with <paramref name="gradient"/> anything.</param>
    /// <param name="gradient">The gradient by <paramref name="output"/>, of its shape; 1 by default.</param>
    /// <exception cref="ArgumentException">The output is not a scalar and no gradient is given, or the gradient's shape is not the output's.</exception>
    public void Backward(Variable output, Tensor? gradient = null)
    {
        Check(output, "Backward");
        if (gradient is null ? output.Shape.Length != 1 : gradient.Shape != output.Shape)
        {
            throw new ArgumentException(
                gradient is null
                    ? $"Backward: expected a scalar (a loss), got shape {output.Shape}; pass the gradient to start from."
                    : $"Backward: expected a gradient of shape {output.Shape}, got {gradient.Shape}.",
                nameof(gradient));
        }

        Executor().Backward(BackwardPlan.Create(_variables, _steps, output.Index), output, gradient);
    }

    /// <summary>Forgets everything recorded; its variables are no longer valid.</summary>
    public void Reset()
    {
        _variables.Clear();
        _steps.Clear();
        _parameters.Clear();
        _executor?.Reset();
        Path = "";
    }

    /// <summary>A tape that records and computes nothing: for programs, traces and shapes.</summary>
    internal static Tape ForRecording(bool isTraining) => new(isTraining);

    internal Variable Input(Shape shape, string name) => Add(name, TraceValueKind.Input, shape, false, null);

    /// <summary>Uses these values for a parameter in place of its own, on this tape; before it is first used.</summary>
    internal void Override(Parameter parameter, Tensor values) => Executor().Override(parameter, values);

    internal Tensor ValueOf(Variable variable)
    {
        Check(variable, "Value");
        return Executor().Value(variable);
    }

    internal Tensor? GradientOf(Variable variable)
    {
        Check(variable, "Gradient");
        return Executor().Gradient(variable);
    }

    private Variable Add(string name, TraceValueKind kind, Shape shape, bool requiresGradient, Parameter? parameter)
    {
        var variable = new Variable(this, _variables.Count, name, kind, shape, requiresGradient, parameter);
        _variables.Add(variable);
        return variable;
    }

    private Shape InferShape(Function function, Shape[] shapes)
    {
        try
        {
            return function.InferShape(shapes);
        }
        catch (ArgumentException exception) when (Path.Length > 0)
        {
            throw new ArgumentException($"Layer '{Path}': {exception.Message}", exception);
        }
    }

    // What a function changes must outlive the step; the memory of intermediate values is used again.
    private void CheckState(Function function, int index, Variable input)
    {
        if (IsTraining && function.UpdatesInput(index) && (input.RequiresGradient || (input.Kind != TraceValueKind.Parameter && _executor is null)))
        {
            throw new ArgumentException($"{function.Name}: training changes input {index}, so it must be a parameter that is not trained; got {input}.");
        }
    }

    private void Check(Variable variable, string user)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable.Index >= _variables.Count || !ReferenceEquals(_variables[variable.Index], variable))
        {
            throw new ArgumentException($"{user}: variable '{variable}' is not on this tape; it comes from another tape, or from before Reset.", nameof(variable));
        }
    }

    private EagerExecutor Executor() => _executor
        ?? throw new InvalidOperationException("This tape records a program and computes nothing: it has no values or gradients. A layer's Call must only apply functions.");
}
