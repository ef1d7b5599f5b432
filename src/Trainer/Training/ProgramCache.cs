using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Training;

/// <summary>A model's programs, one for each purpose and batch size. Inputs come first, then targets, then sample weights.</summary>
internal sealed class ProgramCache(Model model)
{
    private readonly Dictionary<Key, StepProgram> _programs = [];

    // What training asks for step after step.
    private Key _lastKey;
    private StepProgram? _last;

    private enum Purpose
    {
        Train,
        Evaluate,
        Predict,
        Activations,
    }

    public void Clear()
    {
        _programs.Clear();
        _last = null;
    }

    public StepProgram Train(int rows, IReadOnlyList<TrainingHead> heads, bool isWeighted) => Get(new Key(Purpose.Train, rows, isWeighted, null), heads);

    public StepProgram Evaluate(int rows, IReadOnlyList<TrainingHead> heads, bool isWeighted) => Get(new Key(Purpose.Evaluate, rows, isWeighted, null), heads);

    public StepProgram Predict(int rows) => Get(new Key(Purpose.Predict, rows, false, null), null);

    public StepProgram Activations(int rows, Node node) => Get(new Key(Purpose.Activations, rows, false, node), null);

    private StepProgram Get(Key key, IReadOnlyList<TrainingHead>? heads)
    {
        if (_last is not null && key == _lastKey)
        {
            return _last;
        }

        if (!_programs.TryGetValue(key, out StepProgram? program))
        {
            program = Record(key, heads);
            _programs.Add(key, program);
        }

        (_lastKey, _last) = (key, program);
        return program;
    }

    private StepProgram Record(Key key, IReadOnlyList<TrainingHead>? heads)
    {
        Tape tape = Tape.ForRecording(key.Purpose == Purpose.Train);
        Variable[] inputs = [.. model.InputShapes.Select((shape, i) => tape.Input([key.Rows, .. shape.Dimensions], $"x{i}"))];
        if (key.Node is { } node)
        {
            return new StepProgram(tape, inputs, null, [model.Graph.Call(tape, inputs)[node]]);
        }

        if (heads is null)
        {
            return new StepProgram(tape, inputs, null, model.Call(tape, inputs));
        }

        Variable[] targets = [.. heads.Select((head, i) => tape.Input([key.Rows, .. head.Loss.TargetShape(model.OutputShapes[i]).Dimensions], $"y{i}"))];
        Variable? weights = key.IsWeighted ? tape.Input([key.Rows, 1], "weights") : null;
        RecordedStep step = TrainingGraph.Record(tape, model, heads, inputs, targets, weights);
        return step.Loss.Shape.Length == 1
            ? new StepProgram(tape, [.. inputs, .. targets, .. weights is null ? (Variable[])[] : [weights]], step.Loss, step.Outputs, step.Parts)
            : throw new InvalidOperationException($"Loss '{heads[0].Loss.Name}' must give a scalar, got shape {step.Loss.Shape}.");
    }

    private readonly record struct Key(Purpose Purpose, int Rows, bool IsWeighted, Node? Node);
}
