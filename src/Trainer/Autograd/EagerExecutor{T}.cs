using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <inheritdoc cref="EagerExecutor"/>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class EagerExecutor<T>(Tape tape, WorkerPool workers) : EagerExecutor
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Memory<T>> _values = [];
    private readonly List<Memory<T>?> _gradients = [];
    private readonly List<EagerBuffers<T>> _steps = [];
    private readonly Dictionary<Parameter, Memory<T>> _overrides = [];

    public override void SetInput(Variable variable, Tensor values) => Add(variable, values.As<T>().Memory);

    public override void SetParameter(Variable variable, Parameter parameter) => Add(variable, ParameterValues(parameter));

    public override void Override(Parameter parameter, Tensor values) => _overrides[parameter] = values.As<T>().Memory;

    public override void Run(TraceStep step, Shape[] shapes)
    {
        Variable output = tape.Variables[step.Output];
        Add(output, new T[output.Shape.Length]);
        var buffers = new EagerBuffers<T>(this, step, shapes, output.Shape);
        _steps.Add(buffers);
        step.Function.Forward(new FunctionContext<T>(buffers, workers, tape.IsTraining, tape.Step));
    }

    public override void Backward(BackwardPlan plan, Variable output, Tensor? gradient)
    {
        for (int index = 0; index < _gradients.Count; index++)
        {
            _gradients[index] = GradientMemory(tape.Variables[index], plan);
        }

        if (gradient is null)
        {
            ValueGradient(output.Index).Fill(T.One);
        }
        else
        {
            gradient.As<T>().Span.CopyTo(ValueGradient(output.Index));
        }

        foreach (BackwardStep visit in plan.Steps)
        {
            EagerBuffers<T> buffers = _steps[visit.Step];
            buffers.Visit = visit;
            tape.Steps[visit.Step].Function.Backward(new FunctionContext<T>(buffers, workers, tape.IsTraining, tape.Step));
        }
    }

    public override Tensor Value(Variable variable) => new Tensor<T>(variable.Shape, _values[variable.Index]);

    public override Tensor? Gradient(Variable variable) => _gradients[variable.Index] is { } memory ? new Tensor<T>(variable.Shape, memory) : null;

    public override void Reset()
    {
        _values.Clear();
        _gradients.Clear();
        _steps.Clear();
    }

    public Span<T> ValueSpan(int index) => _values[index].Span;

    public Span<T> ValueGradient(int index) => _gradients[index]!.Value.Span;

    private void Add(Variable variable, Memory<T> values)
    {
        System.Diagnostics.Debug.Assert(variable.Index == _values.Count, "Values are added in the order of the tape.");
        _values.Add(values);
        _gradients.Add(null);
    }

    private Memory<T> ParameterValues(Parameter parameter)
    {
        if (_overrides.TryGetValue(parameter, out Memory<T> values))
        {
            return values;
        }

        if (typeof(T) == typeof(float))
        {
            return (Memory<T>)(object)parameter.Arena.ValueSlice(parameter).Memory;
        }

        var widened = new T[parameter.Shape.Length];
        ReadOnlySpan<float> source = parameter.Value;
        for (int i = 0; i < widened.Length; i++)
        {
            widened[i] = T.CreateChecked(source[i]);
        }

        return widened;
    }

    // Float gradients of parameters go to the arena, where the optimizer reads them, reached or not: those not reached are zero.
    private static Memory<T>? GradientMemory(Variable variable, BackwardPlan plan)
    {
        bool reached = plan.HasGradient(variable.Index);
        if (variable.Parameter is { IsTrainable: true } parameter && typeof(T) == typeof(float))
        {
            Memory<float> memory = parameter.Arena.GradientSlice(parameter).Memory;
            if (!reached)
            {
                memory.Span.Clear();
            }

            return (Memory<T>)(object)memory;
        }

        return reached ? new T[variable.Shape.Length] : null;
    }
}
