;;; lsp-mode.el --- Drives lsp-mode through the plan of run.py  -*- lexical-binding: t -*-
;; SPDX-License-Identifier: Apache-2.0

(load (expand-file-name "emacs.el" (file-name-directory load-file-name)) nil t)
(setq lsp-auto-guess-root t lsp-restart 'ignore lsp-diagnostics-provider :none lsp-enable-suggest-server-download nil
      lsp-headerline-breadcrumb-enable nil lsp-enable-file-watchers nil lsp-response-timeout (halint-plan 'patience)
      lsp-keep-workspace-alive t)
(require 'lsp-mode)

(defun halint-plain (diagnostic) (json-parse-string (lsp--json-serialize diagnostic) :object-type 'alist :null-object nil))

(defun halint-text (range)
  (buffer-substring-no-properties (lsp--position-to-point (lsp-get range :start)) (lsp--position-to-point (lsp-get range :end))))

(setq halint-diagnostics
      (lambda ()
        (mapcar (lambda (diagnostic)
                  (let ((range (lsp-get diagnostic :range)))
                    (list :rule (lsp-get diagnostic :code)
                          :line (1+ (lsp-get (lsp-get range :start) :line))
                          :severity (nth (1- (lsp-get diagnostic :severity)) '("error" "warning" "note"))
                          :text (halint-text range)
                          :message (lsp-get diagnostic :message)
                          :related (vconcat (mapcar (lambda (place)
                                                      (let-alist place
                                                        (vector (file-name-nondirectory .location.uri)
                                                                (1+ .location.range.start.line) .message)))
                                                    (alist-get 'relatedInformation (halint-plain diagnostic)))))))
                (gethash buffer-file-name (lsp-diagnostics))))
      halint-request (lambda (method parameters)
                       (let ((answer (lsp-request method parameters)))  ; Lists of several servers come as one list.
                         (lsp--json-serialize (if (consp answer) (vconcat answer) answer))))
      halint-raw (lambda (rule)
                   (lsp--json-serialize (seq-find (lambda (item) (equal (lsp-get item :code) rule))
                                                  (gethash buffer-file-name (lsp-diagnostics)))))
      halint-apply (lambda (edit)
                     (lsp--apply-workspace-edit (let ((lsp-use-plists nil)) (lsp--read-json edit)))))

(defun halint-elsewhere ()
  (let (all)
    (maphash (lambda (file items)
               (dolist (item items)
                 (unless (equal file (halint-plan 'file))
                   (push (format "%s %s" (file-name-nondirectory file) (lsp-get item :code)) all))))
             (lsp-diagnostics))
    (vconcat all)))

(defun halint-attach () (lsp))

(halint-open)
(lsp-workspace-folders-add (halint-plan 'root))
(halint-attach)
(halint-follow-plan (halint-client 'lsp-mode))
;;; lsp-mode.el ends here
